"""The pages made of the library, one file for each kind. A file put here is a new kind of page.

Each module has `listings(library, site)`.
"""

from importlib import import_module
from pkgutil import iter_modules

from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.timing import timed


@timed("Listing")
def listings(library: Library, site: Site) -> list[Listing]:
    """The listings of all views, in alphabetical order of the modules."""
    modules = [import_module(f"{__name__}.{name}") for name in sorted(module.name for module in iter_modules(__path__))]
    return [listing for module in modules for listing in module.listings(library, site)]
