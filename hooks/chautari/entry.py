"""What all types share: the common fields of an entry, and the collection that a type's entries live in."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import attrgetter
from posixpath import dirname, join, normpath
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, NoReturn, TypeVar
from urllib.parse import quote

from pydantic import BeforeValidator, Field, StringConstraints

from chautari.dates import Day, DayOrInstant, day_of
from chautari.references import AnyAuthor, PartnerRef, Reference
from chautari.source import Location, Source
from chautari.validation import Model
from chautari.values import Alias, FeedId, Language, Licence, Many, Picture, Slug, Text, complaint
from chautari.vocabulary import Countries, Groups, Term, Themes, Topics

if TYPE_CHECKING:
    from chautari.library import Library
    from chautari.problems import Problem


class Correction(Model):
    """What was wrong in a published text and has been put right (schema:correction)."""

    date: Day
    note: Text


def _pinned(value: Any) -> Any:
    return {"true": True, "yes": True, "false": False, "no": False}.get(str(value).lower(), value)


class Entry(Model):
    """One published thing: the fields that every type has. Valid and frozen; knows neither HTML nor other entries.

    What is not front matter (its file, slug, language and address) stands beside the fields; `settle` fills it in. A
    field that is excluded is the editors' own and is not among the published data.
    """

    title: Text
    summary: Annotated[str, StringConstraints(min_length=1, max_length=300)] | None = None
    date: DayOrInstant | None = None
    updated: DayOrInstant | None = None
    spoken: Language | None = Field(default=None, alias="language")
    countries: Countries = ()
    themes: Themes = ()
    groups: Groups = ()
    topics: Topics = ()
    partners: Many[PartnerRef] = ()
    authors: Many[AnyAuthor] = ()
    image: Picture | None = None
    gallery: Many[Picture] = ()
    status: Literal["draft", "review", "published", "withdrawn"] = "published"
    pinned: Annotated[bool | Day, BeforeValidator(_pinned)] = Field(default=False, exclude=True)
    expires: Day | None = None
    given_slug: Slug | None = Field(default=None, alias="slug", exclude=True)
    aliases: Many[Alias] = ()
    source_id: FeedId | None = Field(default=None, exclude=True)
    licence: Licence | None = None
    corrections: Many[Correction] = ()

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        if self.updated and self.date and day_of(self.updated) < day_of(self.date):
            raise complaint("is before the date of publication", f"It was published on {day_of(self.date)}.", "updated")

    def settle(self, **beside: Any) -> None:
        """Notes what is no field: where the entry comes from, and where it is published. For the reading room only.

        It fills the cached properties below: pydantic's private attributes would be six times slower to read, and these
        are read a hundred times for each page.
        """
        self.__dict__.update(beside)

    @cached_property
    def source(self) -> Source:
        """The file, split."""
        return _not_settled()

    @cached_property
    def path(self) -> str:
        """The file, from the project's root."""
        return _not_settled()

    @cached_property
    def collection(self) -> str:
        """The name of the collection."""
        return _not_settled()

    @cached_property
    def slug(self) -> str:
        """The word in the address, and the shortest name by which others refer to the entry."""
        return _not_settled()

    @cached_property
    def first_slug(self) -> str:
        """The slug that it was first published under, by which subscribers' programs know it."""
        return _not_settled()

    @cached_property
    def language(self) -> str:
        """The language of the text, a BCP 47 tag."""
        return _not_settled()

    @cached_property
    def original(self) -> bool:
        """False for the translation of another entry, which lists do not repeat."""
        return _not_settled()

    @cached_property
    def url(self) -> str:
        """The address from the site's root: `2019/06/x.html`."""
        return _not_settled()

    @property
    def body(self) -> str:
        """The text in Markdown."""
        return self.source.body

    @property
    def place(self) -> str:
        """The file, relative to content/: `posts/2019/x.md`."""
        return self.path.partition("/")[2]

    def beside(self, file: str) -> str:
        """A file that stands beside the text, relative to content/: that is its address, too."""
        return normpath(join(dirname(self.place), file))

    def file_url(self, file: str) -> str:
        """The address of a file beside the text, from the site's root."""
        return quote(self.beside(file))

    @property
    def work(self) -> str:
        """What an entry and its translations have in common: the file without language and ending."""
        return self.path.removesuffix(".md").removesuffix(f".{self.language}")

    @property
    def labels(self) -> tuple[Term, ...]:
        """The terms that the entry bears, countries first."""
        return (*self.countries, *self.themes, *self.groups, *self.topics)

    @property
    def names(self) -> tuple[str, ...]:
        """The words by which other entries may refer to this one."""
        return (self.slug, self.place, self.title, *(alias for alias in self.aliases if not alias.startswith("/")))

    def abbreviated(self) -> tuple[str, Mapping[str, str]] | None:
        """Its acronym, and what that stands for by language, its own first; None for what has none."""
        return None

    @property
    def former_addresses(self) -> tuple[str, ...]:
        """Old addresses that redirect here: the aliases that begin with a slash."""
        return tuple(alias for alias in self.aliases if alias.startswith("/"))

    @cached_property
    def last_changed(self) -> dt.date | None:
        """When it was published, updated or corrected last, as far as the editors say: a day or an instant."""
        return latest((self.date, self.updated, *(correction.date for correction in self.corrections)))

    @cached_property
    def change_in_time(self) -> float:
        """By what its last change is told from others, in days; 0 where nobody has said."""
        return _ordinal(self.last_changed)

    @cached_property
    def place_in_time(self) -> tuple[float, str, str]:
        """What it is sorted by where the latest date comes first, of one day by title, without a date last."""
        return -_ordinal(self.date), self.title.casefold(), self.slug

    def licence_in(self, hub: str) -> str:
        """What one may do with it: the name of its own licence, else that of the hub; empty where nobody has said."""
        return self.licence or hub

    def is_pinned(self, today: dt.date) -> bool:
        """Whether lists show it first today."""
        return self.pinned if isinstance(self.pinned, bool) else today <= self.pinned

    def states(self, today: dt.date) -> tuple[object, ...]:
        """What pages say of the entry that depends on the day."""
        expired = self.expires is not None and self.expires < today
        return self.is_pinned(today), expired, self.date is not None and day_of(self.date) > today

    def terms(self) -> Iterator[Term]:
        """Every term that a field names: labels, kinds, the countries of places."""
        return iter(self._terms)

    def references(self) -> tuple[tuple[Location, Reference], ...]:
        """Every mention of another entry, with its place in the front matter."""
        return self._references

    # Found once: a dozen rooms ask for them.

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        return tuple(term for _, term in _found(self, (), Term))

    @cached_property
    def _references(self) -> tuple[tuple[Location, Reference], ...]:
        return tuple(_found(self, (), Reference))

    def pictures(self) -> Iterator[tuple[Location, Picture]]:
        """Every picture, with its place in the front matter."""
        if self.image:
            yield ("image",), self.image
        for number, picture in enumerate(self.gallery):
            yield ("gallery", number), picture

    def documents(self) -> Iterator[tuple[Location, str]]:
        """Those of the named files that go onto the site as they are, for readers to keep."""
        pictures = {(*location, "file") for location, _ in self.pictures()}
        yield from (named for named in self.named_files() if named[0] not in pictures)

    def withheld(self) -> Iterator[str]:
        """Those of the named files that must not be published at all."""
        yield from ()

    def rich_texts(self) -> Iterator[str]:
        """The fields that are written in Markdown."""
        yield from ()

    def named_files(self) -> Iterator[tuple[Location, str]]:
        """Every file beside the text that the front matter names."""
        for location, picture in self.pictures():
            yield (*location, "file"), picture.file


F = TypeVar("F")


def _not_settled() -> NoReturn:
    raise AttributeError("an entry is settled by the room that reads it")


def _found(value: Any, location: Location, wanted: type[F]) -> Iterator[tuple[Location, F]]:
    """Every value of a kind in a model, its groups and lists, with its place."""
    if isinstance(value, wanted):
        yield location, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _found(item, (*location, number), wanted)
    elif isinstance(value, Model):
        values = value.__dict__
        for name, written in _fields(type(value)):
            item = values[name]
            if item and isinstance(item, _HOLDERS):
                yield from _found(item, (*location, written), wanted)


_HOLDERS = (tuple, Model, Reference, Term)


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The fields of a model: their names, and as they are written."""
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


E_co = TypeVar("E_co", bound=Entry, covariant=True)


def _no_checks(library: "Library") -> Iterable["Problem"]:
    return ()


def _described_as_work(entry: Entry, nodes: Any) -> dict[str, Any]:
    return {"@type": "CreativeWork", **nodes.own_work(entry)}


def _ordinal(value: dt.date | None) -> float:
    """A point in time in days; a day without a time begins at midnight UTC, which orders days as they are written."""
    if value is None:
        return 0
    if not isinstance(value, dt.datetime):
        return value.toordinal()
    moment = value.astimezone(dt.UTC) if value.tzinfo else value
    return moment.toordinal() + ((moment.hour * 60 + moment.minute) * 60 + moment.second) / 86_400


def latest(moments: Iterable[dt.date | None]) -> dt.date | None:
    """The latest of days and instants."""
    return max(filter(None, moments), key=_ordinal, default=None)


newest_first: Callable[[Entry], Any] = attrgetter("place_in_time")
"""A sort key: the latest date first, of one day by title, without a date last."""


def by_title(entry: Entry) -> Any:
    """A sort key: alphabetically."""
    return (entry.title.casefold(), entry.slug)


@dataclass(frozen=True)
class Collection(Generic[E_co]):
    """A content type: its folder in content/, its model, its address pattern and its order. It holds no entries.

    `address` is a format string over `slug` and the entry as `entry`; `checks` sees the whole library and reports what
    no single file shows. `schema_type` is what an entry is for schema.org, and `described` what its own page says of it
    there, by a `schema_org.Nodes`; `cited` gives its `citation.Citation`, where one would cite such an entry, and with
    `cite_files` that is published for reference managers too: two files each, too many for types with thousands. What
    is no `news` is not in the feed of everything.
    """

    name: str
    model: type[E_co]
    address: str = ""
    order: Callable[[Any], Any] = by_title
    checks: Callable[["Library"], Iterable["Problem"]] = field(default=_no_checks)
    schema_type: str = "CreativeWork"
    described: Callable[[Any, Any], dict[str, Any]] = field(default=_described_as_work)
    cited: Callable[[Any, "Library", Any], Any] | None = None
    cite_files: bool = False
    news: bool = True

    def url(self, entry: Entry) -> str:
        """The address of an entry from the site's root, without the language in front."""
        return self._pattern.format(slug=entry.slug, entry=entry)

    def slug_in(self, address: str) -> str | None:
        """The slug in an address that has the form of this collection's; None for one of another form."""
        parts = Formatter().parse(self._pattern.rstrip("/"))
        # A field beside the slug is a date.
        fields = {None: "", "slug": "([^/]+)"}
        form = "".join(re.escape(literal) + fields.get(field, r"[\d/]+") for literal, field, _, _ in parts)
        match = re.fullmatch(form, address.rstrip("/"))
        return match[1] if match else None

    @property
    def _pattern(self) -> str:
        return self.address or f"{self.name}/{{slug}}/"
