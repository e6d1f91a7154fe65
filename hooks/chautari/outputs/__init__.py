"""Everything of the site that is not a page, one file each. A file put here is a new output.

Each module has `artifacts(library, site, texts)`, where `texts` gives the rendered text of an entry with whole
addresses, and the files that go with it.
"""

from importlib import import_module
from pkgutil import iter_modules

from chautari.artifact import Artifact, Texts
from chautari.library import Library
from chautari.site import Site
from chautari.timing import ARTIFACTS, timed


@timed(ARTIFACTS)
def artifacts(library: Library, site: Site, texts: Texts) -> list[Artifact]:
    """The artifacts of all outputs, in alphabetical order of the modules."""
    modules = [import_module(f"{__name__}.{name}") for name in sorted(module.name for module in iter_modules(__path__))]
    return [artifact for module in modules for artifact in module.artifacts(library, site, texts)]
