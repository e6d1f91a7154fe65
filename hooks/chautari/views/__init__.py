"""The pages made of the library, one file for each kind. A file put here is a new kind of page.

Each module has `listings(library, site)`.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """The listings of all views, in alphabetical order of the modules."""
    for module in sorted(module.name for module in iter_modules(__path__)):
        yield from import_module(f"{__name__}.{module}").listings(library, site)
