"""A page for each award, which its holder may show to anybody, and the page that checks one."""

from collections.abc import Iterator

from chautari.content.credentials import Credential
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.wording import translations

VERIFY = "credentials/verify/"


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/credentials/verify/, and /credentials/awards/<id>/ for every award."""
    _ = translations(site.language).gettext
    yield Listing(VERIFY, _("Check an award"), template="verify.html")
    for award in library.awards:
        credential = library.get(award.credential)
        if isinstance(credential, Credential):
            yield Listing(
                award.url,
                _("Award: %(credential)s") % {"credential": credential.title},
                template="award.html",
                indexed=False,
                unlisted=True,
                data={
                    "award": award,
                    "credential": credential,
                    "event": library.get(award.event) if award.event else None,
                    "state": award.state(site.today),
                    "address": site.absolute(award.url),
                },
            )
