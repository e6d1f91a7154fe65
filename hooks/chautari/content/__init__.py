"""The content types, one file each: a model and its COLLECTION. A file put here is a new content type."""

from importlib import import_module
from pkgutil import iter_modules

from chautari.entry import Collection, Entry


def collections() -> tuple[Collection[Entry], ...]:
    """Every module's COLLECTION, in alphabetical order of the modules."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").COLLECTION for name in names)
