"""One page for each collection but the posts: /trainings/, /partners/ …"""

from collections.abc import Iterator

from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """Every collection has its page, also while it is empty: menus lead there."""
    _ = translations(site.language).gettext
    titles = {
        "trainings": _("Trainings"),
        "events": _("Events"),
        "partners": _("Partners"),
        "initiatives": _("Initiatives"),
        "resources": _("Resources"),
        "credentials": _("Credentials"),
    }
    for name in library.collections:
        if name != "posts":
            entries = library.of(name)
            title = titles.get(name, name.capitalize())
            yield Listing(
                f"{name}/",
                title,
                template="collection.html",
                entries=entries,
                total=len(entries),
                data={
                    "collection": name,
                    "facets": {each: library.counted_among(entries, each) for each in ("countries", "themes")},
                },
            )
