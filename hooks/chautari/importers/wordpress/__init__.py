"""WordPress: an export (WXR, an RSS 2.0 with things of its own), in one file or in the several of a folder or a ZIP.

As with every export, the whole is walked once before anything is handed on: only then is it known that it is whole, who
its authors are, and where its pictures were.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from lxml import etree

from chautari.importers.wordpress.posts import read
from chautari.importers.wordpress.survey import Survey
from chautari.moving import facts
from chautari.moving.children import Children
from chautari.moving.elements import is_of_blogger, mistaken, outermost, unwanted, walk
from chautari.moving.items import Copy, Item, Skipped
from chautari.moving.mending import mended
from chautari.moving.unpacking import Bundle, Part, refusal, unpack

WANTED = "an export of WordPress"
_TAGS = ("item", "channel", "rss")
_LARGEST = 100 * 1024**2


class WordPressExport:
    """One blog out of an export (see moving/items.py)."""

    def __init__(self, bundle: Bundle, parts: Sequence[Part], hosts: Sequence[str]) -> None:
        self._bundle, self._parts = bundle, parts
        survey = Survey(hosts)
        addresses = dict.fromkeys(_noted(part, survey) for part in parts)
        if len(addresses) > 1:
            names = ", ".join(addresses)
            raise refusal(bundle.place, f"holds {len(addresses)} blogs: {names}", "Give the files of one of them.")
        self.blog = survey.blog()
        self._whole = survey.done()

    def items(self) -> Iterator[Item | Skipped]:
        """Everything in it, in its own order; comments behind what they answer."""
        for element in (element for part in self._parts for element in walk(part, *_TAGS)):
            if element.tag == "item":
                yield from read(Children(element), self._whole)

    def copy(self, address: str) -> Copy | None:
        """The picture that stood at an address: a WXR holds none, but the folder `uploads` may lie beside it."""
        wanted = PurePosixPath(facts.path(address)).parts[-3:]  # …/uploads/2019/06/loom.jpg
        names = [name for name in self._bundle.parts if PurePosixPath(name).parts[-3:] == wanted]
        part = self._bundle.parts[names[0]] if len(names) == 1 and len(wanted) == 3 else None
        return Copy(wanted[-1], part.read()) if part and part.size <= _LARGEST else None


def open_export(path: Path, hosts: Sequence[str] = ()) -> WordPressExport:
    """An export by its file, or by the folder or the ZIP with its files. `hosts` are the blog's, where it had others.

    Raises `ContentError`.
    """
    bundle = unpack(path)
    return WordPressExport(bundle, _parts(bundle), hosts)


def _parts(bundle: Bundle) -> list[Part]:
    """The files that are an export, in the order of their names."""
    if len(bundle.parts) == 1:
        return [_checked(mended(part)) for part in bundle.parts.values()]
    files = [mended(part) for name, part in bundle.parts.items() if name.lower().endswith((".xml", ".wxr"))]
    found = [part for part in files if _is_wordpress(outermost(part))]
    if found:
        return found
    if files:
        return [_checked(part) for part in files]
    if any(PurePosixPath(name).name == "feed.atom" for name in bundle.parts):
        raise refusal(bundle.place, f"is a Takeout, not {WANTED}", f"Try: chautari import blogger {bundle.place}")
    hint = "Give the .xml file that WordPress exports (Tools, Export), or a folder or ZIP of such files."
    raise refusal(bundle.place, f"holds no {WANTED.removeprefix('an ')}" if bundle.parts else "is empty", hint)


def _checked(part: Part) -> Part:
    root = outermost(part)
    if is_of_blogger(part, root):
        raise mistaken(part, f"an export of Blogger, not {WANTED}", "blogger")
    if root.tag != "rss":
        raise unwanted(part, root, WANTED)
    return part


def _is_wordpress(root: etree._Element) -> bool:
    return root.tag == "rss" and any("wordpress.org/export" in uri for uri in root.nsmap.values())


def _noted(part: Part, survey: Survey) -> str:
    """The address of the blog that a part belongs to."""
    survey.is_wordpress = False
    for element in walk(part, *_TAGS):
        if element.tag == "channel":
            survey.note_channel(Children(element))
        elif element.tag == "item":
            survey.note_item(Children(element))
    if not survey.is_wordpress:
        raise unwanted(part, outermost(part), WANTED)
    return survey.address
