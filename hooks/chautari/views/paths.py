"""The learning paths: which training builds on which."""

from collections.abc import Iterator

from chautari.library import Library
from chautari.listing import Listing
from chautari.paths import all_paths
from chautari.site import Site
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/trainings/paths/, if any training builds on another."""
    paths = list(all_paths(library))
    if paths:
        title = translations(site.language).gettext("Learning paths")
        entries = tuple(training for path in paths for step in path for training in step)
        yield Listing(
            "trainings/paths/",
            title,
            template="paths.html",
            entries=entries,
            total=len(entries),
            data={"paths": paths},
        )
