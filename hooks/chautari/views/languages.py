"""What can be read in another language than the site's: one page for each."""

from collections.abc import Iterator

from chautari.channels import language_channel
from chautari.library import Library
from chautari.listing import Listing, paginated
from chautari.site import Site


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/bn/, /bn/page/2/ …"""
    for language in library.languages():
        if language != site.language:
            channel = language_channel(library, site, language)
            listing = Listing(channel.url, channel.title, channel=channel)
            yield from paginated(listing, library.in_language(language))
