"""What feeds say of an entry, whatever their format. It hangs on the entry alone, so that all channels share it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from html import escape
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from chautari import geography
from chautari.artifact import Texts
from chautari.channels import identity
from chautari.dates import instant_of
from chautari.entry import Entry
from chautari.library import Library
from chautari.references import Author
from chautari.site import Site
from chautari.vocabulary import Term
from chautari.wording import translations

# What XML 1.0 (section 2.2) cannot hold; a reference such as &#1; or an escape in YAML may bring it in.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PICTURES = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
REMEMBERED = 512
"""So many items at once: all that stand in some feed take a hundred megabytes at 10,000 posts."""
# Not Python's list: that differs between its versions, and takes in the machine's own.
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


class Category(NamedTuple):
    """A label: its word, the page of its vocabulary, and its name."""

    term: str
    scheme: str
    label: str


class Person(NamedTuple):
    """Who made a text: somebody by name, or a partner with a page."""

    name: str
    url: str | None


class Attachment(NamedTuple):
    """A document or recording that comes with an entry."""

    url: str
    media_type: str
    size: int


class Version(NamedTuple):
    """A translation."""

    language: str
    url: str


@dataclass(frozen=True)
class Item:
    """An entry as feeds show it; all addresses are whole ones, and nothing in it is forbidden in XML."""

    id: str
    url: str
    title: str
    language: str
    published: datetime
    updated: datetime
    summary: str
    html: str
    categories: tuple[Category, ...]
    authors: tuple[Person, ...]
    contributors: tuple[Person, ...]
    image: str | None
    attachments: tuple[Attachment, ...]
    versions: tuple[Version, ...]
    point: geography.Point | None


class Items:
    """The items of entries. The last ones are remembered: a new entry stands in many feeds."""

    def __init__(self, library: Library, site: Site, texts: Texts) -> None:
        self.library, self.site, self.texts = library, site, texts
        self._made: dict[str, Item] = {}
        self._labels: dict[Term, Category] = {}

    def of(self, entry: Entry) -> Item:
        """The item of an entry."""
        item = self._made.pop(entry.path) if entry.path in self._made else self._make(entry)
        self._made[entry.path] = item
        if len(self._made) > REMEMBERED:
            del self._made[next(iter(self._made))]  # the one that nobody has asked for longest
        return item

    def _make(self, entry: Entry) -> Item:
        site = self.site
        name = identity(entry, site)
        published, updated = moments(entry, name, site)
        summary, html = sound(self.texts.teaser(entry)), sound(self.texts.whole(entry))
        if not (summary or html):
            summary = translations(site.language).gettext("This entry has no text.")
        return Item(
            id=name,
            url=site.absolute(entry.url),
            title=sound(entry.title),
            language=entry.language,
            published=published,
            updated=updated,
            summary=summary,
            html=html or escape(summary, quote=False),
            categories=tuple(map(self._category, entry.labels)),
            authors=tuple(self._people(author for author in entry.authors if author.role == "author")),
            contributors=tuple(self._people(author for author in entry.authors if author.role != "author")),
            image=self._image(entry),
            attachments=tuple(self._attachments(entry)),
            versions=tuple(self._versions(entry)),
            point=next((geography.point(term.code) for term in entry.countries if term.code), None),
        )

    def _image(self, entry: Entry) -> str | None:
        forms = self.library.renditions(entry, entry.image.file) if entry.image else None
        return self.site.absolute(forms.shown.url) if forms else None

    def _category(self, term: Term) -> Category:
        if term not in self._labels:
            scheme = self.site.absolute(f"{term.vocabulary}/")
            self._labels[term] = Category(term.key, scheme, sound(term.name(self.site.language)))
        return self._labels[term]

    def _people(self, authors: Iterable[Author]) -> Iterator[Person]:
        for author in authors:
            if author.partner:
                page = self.library.get(author.partner)
                yield Person(sound(self.library.title(author.partner)), self.site.absolute(page.url) if page else None)
            elif author.name:
                yield Person(sound(author.name), None)

    def _attachments(self, entry: Entry) -> Iterator[Attachment]:
        """Documents and recordings. Pictures are shown already: in the text, or as the item's own."""
        for name, size in self.texts.files(entry):
            ending = PurePosixPath(name).suffix.lower()
            if ending not in _PICTURES:
                media_type = _MEDIA_TYPES.get(ending, "application/octet-stream")
                yield Attachment(self.site.absolute(quote(name)), media_type, size)

    def _versions(self, entry: Entry) -> Iterator[Version]:
        for version in self.library.translations(entry):
            if version is not entry and version.status != "withdrawn":
                yield Version(version.language, self.site.absolute(version.url))


def sound(text: str) -> str:
    """A text without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def moments(entry: Entry, name: str, site: Site) -> tuple[datetime, datetime]:
    """When the entry of this id was published, and when it was changed last.

    A change that an editor has dated in the future has not happened.
    """
    published = moment(entry.date, name, site) if entry.date else site.now
    changes = (moment(change, name, site) for change in _changes(entry))
    return published, max([published, *(change for change in changes if change <= site.now)])


def changed(entry: Entry, site: Site) -> datetime | None:
    """When an entry was changed last, as feeds say it; None for one that never was.

    It depends on the time of day: a change of today may be an hour away.
    """
    return moments(entry, identity(entry, site), site)[1] if _changes(entry) else None


def _changes(entry: Entry) -> list[date]:
    changes = (entry.updated, *(correction.date for correction in entry.corrections))
    return [change for change in changes if change]


def moment(day: date, name: str, site: Site) -> datetime:
    """A point in time of its own for whatever has this name: several entries of a day must be told apart in order.

    It hangs on nothing else, so that another entry moves none. It lies within the first minute of the day, or the
    second that is given: a hub that is built at midnight must not announce what is yet to come. In UTC, because
    the W3C's feed validator doubts a zone of 45 minutes, which is Nepal's.
    """
    share = int.from_bytes(blake2b(name.encode(), digest_size=6).digest()) / 2**48
    spread = timedelta(seconds=share * (1 if isinstance(day, datetime) else 60))
    return (instant_of(day, site.zone) + spread).astimezone(UTC)
