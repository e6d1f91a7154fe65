"""Everything of the site that is not a page, one file each. A file put here is a new output.

Each module has `artifacts(library, site, texts)`, where `texts` gives the rendered text of an entry with whole
addresses, and the files that go with it. One whose files hold such texts also has `artifacts_with(paths, …)`: those in
which the text of one of these files stands.
"""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from chautari.artifact import Artifact, Texts
from chautari.entry import Entry
from chautari.library import Library
from chautari.site import Site
from chautari.timing import ARTIFACTS, timed


@timed(ARTIFACTS)
def artifacts(library: Library, site: Site, texts: Texts) -> list[Artifact]:
    """The artifacts of all outputs, in alphabetical order of the modules."""
    return [artifact for module in _modules() for artifact in module.artifacts(library, site, texts)]


@timed(ARTIFACTS)
def artifacts_with(entries: Iterable[Entry], library: Library, site: Site, texts: Texts) -> list[Artifact]:
    """Those that hold the whole text of one of these entries."""
    paths = {entry.path for entry in entries}
    modules = [module for module in _modules() if hasattr(module, "artifacts_with")]
    return [artifact for module in modules for artifact in module.artifacts_with(paths, library, site, texts)]


def _modules() -> list[ModuleType]:
    names = sorted(module.name for module in iter_modules(__path__))
    return [import_module(f"{__name__}.{name}") for name in names]
