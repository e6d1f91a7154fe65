"""A training as one ZIP, for those who have no network: both of its views, pictures and materials, from a USB stick.

A pack is made before the site's pages are, because the training's page says how large it is. It stands in .cache/packs/
under the name of what it is made of: whoever finds it there knows its bytes, and need not make it.
"""

import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from shutil import rmtree
from typing import Any, NamedTuple
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.html import HtmlElement, document_fromstring, tostring
from slugify import slugify

from chautari import renditions
from chautari.bodies import Bodies
from chautari.cache import content_of, digest, file_mark
from chautari.content.trainings import Training
from chautari.entry import Entry
from chautari.fingerprints import Fingerprints
from chautari.library import CONTENT, Library
from chautari.particulars import particulars
from chautari.pictures import inside, is_picture
from chautari.pool import spread
from chautari.renditions import put
from chautari.timing import timed
from chautari.wording import translations

STORE = Path(".cache") / "packs"

VIEWS = {"index.html": "", "facilitator.html": "facilitator/"}
"""The pages of a pack, each with its way from the training's address."""

_WORTH_A_POOL = 32
"""From so many packs on, two processes make them sooner than one: each has to compile the templates."""
PACKING = "Packing trainings"
_LONGEST = 60
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""No file in a ZIP is older (APPNOTE.TXT 4.4.6, the time of MS-DOS)."""
_UNIX = 3
"""The system on which a ZIP says that it was made (4.4.2); Python would say another one on Windows."""

Render = Callable[[str, Mapping[str, Any]], str]
"""Renders a template, by its name, with what it is handed."""


class Enclosed(NamedTuple):
    """A picture or document that goes into a pack: its name there, where its bytes are, what tells them from others,
    and the addresses on the site that mean it.
    """

    name: str
    source: Path
    mark: str
    urls: tuple[str, ...]


class Packs:
    """The packs of a hub. `assets` are the style sheet and the script that all of them hold, by name."""

    def __init__(
        self, root: Path, library: Library, bodies: Bodies, prints: Fingerprints, assets: Mapping[str, bytes]
    ) -> None:
        self.root, self.library, self.bodies, self.prints, self.assets = root, library, bodies, prints, assets
        self.site = bodies.site
        self.common = digest(sorted(assets.items()), zlib.ZLIB_RUNTIME_VERSION)
        self.marks: dict[str, str] = {}

    @timed(PACKING)
    def make(self, render: Render, anew: bool) -> None:
        """Makes the packs that are missing, or all of them `anew`; forgets those that nobody needs any more."""
        missing = []
        for entry in self.library.published:
            if isinstance(entry, Training) and is_packed(entry):
                enclosed = list(self._enclosed(entry))
                self.marks[entry.path] = self._mark(entry, enclosed)
                if anew or not self._path(entry).is_file():
                    missing.append((entry, enclosed))

        def pack(part: Sequence[tuple[Training, list[Enclosed]]]) -> list[None]:
            for entry, enclosed in part:
                put(self._path(entry), archive(self._files(entry, enclosed, render), self._begun))
            return []

        spread(pack, missing, _WORTH_A_POOL, PACKING)
        for folder in sorted((self.root / STORE).glob("*")):
            if folder.name not in self.marks.values():
                rmtree(folder, ignore_errors=True)

    def size(self, entry: Entry) -> int:
        """How many bytes the pack of an entry has; 0 where there is none."""
        return self._path(entry).stat().st_size if entry.path in self.marks else 0

    def made(self) -> Iterator[tuple[str, Path, str, str]]:
        """Of each pack its name on the site, the folder in which it lies under that name, its owner, and its mark."""
        for path, mark in self.marks.items():
            if entry := self.library.at(path):
                yield name_of(entry), self.root / STORE / mark, path, mark

    @cached_property
    def _begun(self) -> bytes:
        """A ZIP of what all packs hold: to pack the style sheet takes twice as long as all else in a pack."""
        return archive(self.assets)

    def _path(self, entry: Entry) -> Path:
        return self.root / STORE / self.marks[entry.path] / name_of(entry)

    def _mark(self, training: Training, enclosed: Iterable[Enclosed]) -> str:
        """The name of all that a pack is made of."""
        references = (reference for _, reference in training.references())
        shown = (
            [self.bodies.by_path[training.path].mark],
            [self.bodies.rich[training.path, text].mark for text in training.rich_texts()],
            [named for reference in references if (named := self.library.find(reference))],
            particulars(training, self.library, self.site),
        )
        files = [(each.name, each.mark, each.urls) for each in enclosed]
        return self.prints.of(training, *shown, files, self.common)

    def _files(self, training: Training, enclosed: Iterable[Enclosed], render: Render) -> dict[str, bytes]:
        within = {url: each.name for each in enclosed for url in each.urls}
        within |= {self.site.absolute(training.url + way): name for name, way in VIEWS.items()}
        pages = {name: offline(render(f"packs/{name}", self._shown(training)), within) for name in VIEWS}
        files = {each.name: each.source.read_bytes() for each in enclosed}
        return {**pages, **files, "README.txt": self._readme(training)}

    def _shown(self, training: Training) -> dict[str, Any]:
        """What the templates are handed: as on the site, with whole addresses."""
        root, url = self.site.absolute(""), self.site.absolute(training.url)
        return {
            "site": self.site,
            "library": self.library,
            "language": self.site.language,
            "root": root,
            "entry": training,
            "content": self.bodies.whole(training),
            "rich": lambda text: self.bodies.rich[training.path, text].placed(root, url),
            **particulars(training, self.library, self.site),
        }

    def _readme(self, training: Training) -> bytes:
        _ = translations(self.site.language).gettext
        lines = [
            training.title,
            "",
            _("You can read this training without the internet, also from a USB stick."),
            "",
            _("1. Unpack the ZIP file into a folder."),
            _("2. Open the file index.html: it is the training for those who take part."),
            _("3. Open the file facilitator.html: it is the session plan for those who give the training."),
            _("4. What to teach with lies in the folder materials, if there is anything."),
            "",
            _("You may copy this folder and pass it on under the licence that its pages name."),
            _("The newest version: %(address)s") % {"address": self.site.absolute(training.url)},
            "",
        ]
        return "\r\n".join(lines).encode("utf-8-sig")  # as the oldest editor on Windows reads it

    # --- pictures and documents ---

    def _enclosed(self, training: Training) -> Iterator[Enclosed]:
        """Every picture and document that the pages show or lead to, numbered as they come."""
        texts = [self.bodies.by_path[training.path]]
        texts += [self.bodies.rich[training.path, text] for text in training.rich_texts()]
        resources = (self.library.get(material.resource) for material in training.materials if material.resource)
        owners = [training, *(each for each in resources if each and each.status != "withdrawn")]
        named = [training.beside(picture.file) for _, picture in training.pictures()]
        named += [owner.beside(file) for owner in owners for _, file in owner.documents()]
        named += [file for text in texts for file in text.files]
        content = self.root / CONTENT
        there = set(inside(named, content))
        for number, place in enumerate(dict.fromkeys(named), 1):
            if is_picture(place) and place in self.library.pictures:
                yield self._picture(number, place)
            elif place in there and not is_picture(place):
                urls = (self.site.absolute(quote(place)),)
                yield Enclosed(
                    _name("materials", number, place), content / place, content_of(file_mark(content / place)), urls
                )

    def _picture(self, number: int, place: str) -> Enclosed:
        """One form of a picture stands for all: it is large enough for a screen, and small enough for a stick."""
        known = self.library.pictures[place]
        form = known.renditions.shown
        urls = tuple(self.site.absolute(one.url) for one in known.renditions)
        mark = digest(known.content, renditions.made_by())
        return Enclosed(_name("pictures", number, form.name), self.root / renditions.STORE / form.name, mark, urls)


def is_packed(entry: Entry) -> bool:
    """Whether there is a pack of an entry."""
    return isinstance(entry, Training) and entry.status != "withdrawn"


def name_of(entry: Entry) -> str:
    """The address of an entry's pack, from the site's root."""
    return f"{entry.url}{entry.slug}.zip"


def _name(folder: str, number: int, place: str) -> str:
    """A short name in ASCII, which every system and every stick can hold, and no other file has."""
    path = PurePosixPath(place)
    return f"{folder}/{number:02}-{slugify(path.stem)[:_LONGEST]}{path.suffix.lower()}"


def offline(page: str, inside: Mapping[str, str]) -> bytes:
    """A page whose links to what is in the pack lead there. `inside` says by which address what is meant."""
    document: HtmlElement = document_fromstring(page)
    for picture in document.iter("img"):
        for choice in {"srcset", "sizes"} & set(picture.keys()):
            del picture.attrib[choice]

    def within(link: str) -> str:
        address, mark, place = link.partition("#")
        return inside.get(address, address) + mark + place

    document.rewrite_links(within)
    return bytes(tostring(document, doctype="<!doctype html>", encoding="utf-8"))


def archive(files: Mapping[str, bytes], begun: bytes = b"") -> bytes:
    """A ZIP of these files, behind those of one that is `begun`: the same bytes for the same files, whenever and
    wherever it is made.
    """
    packed = io.BytesIO(begun)
    with ZipFile(packed, "a") as whole:
        for name, content in sorted(files.items()):
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            whole.writestr(entry, content, ZIP_DEFLATED)
    return packed.getvalue()
