"""Everything of the site that is not a page, one file each. A file put here is a new output.

Each module has `artifacts(library, site, texts)`, where `texts` gives the rendered text of an entry with whole
addresses, and the files that go with it.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from chautari.artifact import Artifact, Texts
from chautari.library import Library
from chautari.site import Site


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """The artifacts of all outputs, in alphabetical order of the modules."""
    for module in sorted(module.name for module in iter_modules(__path__)):
        yield from import_module(f"{__name__}.{module}").artifacts(library, site, texts)
