"""Browsing by country and theme at once: what is there on employment injury in Bangladesh?"""

from collections.abc import Iterator

from chautari.channels import pair_url
from chautari.library import Library
from chautari.listing import Listing, paginated
from chautari.site import Site
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/countries/bangladesh/decent-work/ for every country and theme that anything bears both of."""
    _ = translations(site.language).gettext
    for (country, theme), entries in library.pairs().items():
        groups = library.grouped(entries)
        names = {"theme": theme.name(site.language), "country": country.name(site.language)}
        title = _("%(theme)s in %(country)s") % names
        data = {"groups": groups, "count": len(entries)}
        listing = Listing(pair_url(country, theme), title, template="pair.html", terms=(country, theme), data=data)
        yield from paginated(listing, groups.get("posts", ()))
