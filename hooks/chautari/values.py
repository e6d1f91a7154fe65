"""The kinds of values that front matter may hold: text, lists, dates, languages, addresses, pictures, references.

Each kind reads what an editor writes, keeps one form of it, and says in a sentence what is wrong with the rest.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializationInfo,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from chautari.source import Location
from chautari.validation import Model

T = TypeVar("T")


def complaint(message: str, hint: str = "", field: str = "") -> PydanticCustomError:
    """What a check raises: a sentence and what to do; `field` where a check of a whole group means one field."""
    return PydanticCustomError("chautari", "{message}", {"message": message, "hint": hint, "field": field})


def complaints(found: Iterable[tuple[Location, PydanticCustomError]]) -> None:
    """Raises all that the check of a group has found at once, each with its place in the group."""
    details = [InitErrorDetails(type=each, loc=location, input=None) for location, each in found]
    if details:
        raise ValidationError.from_exception_data("", details)


def _listed(value: Any) -> Any:
    """One value where a list is wanted is a list of one: `partners: gefont`."""
    return [value] if isinstance(value, str | dict) else value


Text: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
Many: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_listed)]
Count: TypeAlias = Annotated[int, Field(ge=0)]
Size: TypeAlias = Annotated[int, Field(gt=0)]

# --- dates and times ---

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MOMENT = re.compile(
    r"(?P<day>[^\sT]+)(?:T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<zone>.*)"
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_DAY_HINT = "Write year-month-day, for example 2019-06-20."
_TIME_HINT = "Write the day and the time, for example 2019-06-20 14:30."
_ZONE_HINT = "Write the zone by its city, for example Asia/Dhaka or Asia/Kathmandu, or UTC."


def _day(value: Any) -> date:
    match = _DAY.fullmatch(str(value))
    if not match:
        raise complaint(f"{str(value)!r} is not a date", _DAY_HINT)
    year, month, day = map(int, match.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise complaint(f"{str(value)!r} is in a year that nobody means", _DAY_HINT)
    try:
        return date(year, month, day)
    except ValueError:
        raise complaint(f"{str(value)!r} is not a date: the calendar has no such day", _DAY_HINT) from None


def read_zone(name: str) -> tzinfo:
    """A time zone by its IANA name, `UTC`, `Z` or an offset such as +05:45 (RFC 3339, section 5.6)."""
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    try:
        return ZoneInfo("UTC" if name in ("Z", "z", "UTC", "GMT") else name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise complaint(f"{name!r} is not a time zone", _ZONE_HINT) from None


def _moment(text: str) -> datetime:
    """A day with a time, and with a zone where one is given; otherwise naive."""
    match = _MOMENT.fullmatch(text)
    if not match:
        raise complaint(f"{text!r} is not a date with a time", _TIME_HINT)
    first = _day(match["day"])
    hour, minute, second = (int(part or 0) for part in match.group("hour", "minute", "second"))
    zone = match["zone"]
    try:
        moment = datetime(first.year, first.month, first.day, hour, minute, second)  # noqa: DTZ001 - the zone comes next
    except ValueError:
        raise complaint(f"{text!r} is not a time: the clock has no such hour", _TIME_HINT) from None
    return moment.replace(tzinfo=read_zone(zone)) if zone else moment


def _day_or_moment(value: Any) -> date | datetime:
    return _moment(str(value)) if ":" in str(value) else _day(value)


def _day_or_instant(value: Any) -> date | datetime:
    read = _day_or_moment(value)
    if isinstance(read, datetime) and read.tzinfo is None:
        raise complaint(
            f"{str(value)!r} has a time but no zone", "Add the zone behind it: 2019-06-20 14:30 Asia/Dhaka."
        )
    return read


def _day_or_local(value: Any) -> date | datetime:
    read = _day_or_moment(value)
    if isinstance(read, datetime) and read.tzinfo is not None:
        raise complaint(
            f"{str(value)!r} brings a zone of its own", "Write the time of the place and name its zone in `timezone:`."
        )
    return read


def _zone_name(value: str) -> str:
    read_zone(value)
    if _OFFSET.fullmatch(value):
        raise complaint(f"{value!r} is an offset, not a zone", _ZONE_HINT)
    return "UTC" if value in ("Z", "z", "GMT") else value


_CLOCK = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"
_DATE_SCHEMA = WithJsonSchema({"type": "string", "format": "date"})
# As they are published; what an editor may write is wider.
_INSTANT = WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}, "serialization")
_LOCAL = WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"pattern": _CLOCK}]}, "serialization")
Day: TypeAlias = Annotated[date, BeforeValidator(_day), _DATE_SCHEMA]
DayOrInstant: TypeAlias = Annotated[date | datetime, BeforeValidator(_day_or_instant), _DATE_SCHEMA, _INSTANT]
"""A day, or a point in time with its zone."""
DayOrLocalTime: TypeAlias = Annotated[date | datetime, BeforeValidator(_day_or_local), _DATE_SCHEMA, _LOCAL]
"""A day, or a time on the clock of a place whose zone another field names."""
Zone: TypeAlias = Annotated[str, AfterValidator(_zone_name)]
"""The IANA name of a time zone."""


def day_of(value: date | datetime) -> date:
    """The calendar day, as it was written."""
    return value.date() if isinstance(value, datetime) else value


def instant_of(value: date | datetime, zone: tzinfo) -> datetime:
    """The point in time; a day begins at midnight of `zone`, and a time without a zone is one of that zone's clock."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 - next
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def exists(moment: datetime, zone: tzinfo) -> bool:
    """Whether the zone's clock ever shows this local time: clocks put forward leave an hour out."""
    there = moment.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment


# --- languages, licences, addresses ---


@cache
def _language(value: str) -> str:
    try:
        locale = Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError):
        raise complaint(
            f"{value!r} is not a language code", "Write its BCP 47 code, for example bn, hi, id, km, ne, fil or en."
        ) from None
    return "-".join(filter(None, (locale.language, locale.script, locale.territory)))


def is_language(value: str) -> bool:
    """Whether a word is a language code, as in the file name `slug.bn.md`."""
    try:
        return value == value.lower() and len(value) in (2, 3) and bool(Locale.parse(value))
    except (UnknownLocaleError, ValueError):
        return False


_LICENCE = re.compile(r"[A-Za-z0-9.+-]+( (WITH|AND|OR) [A-Za-z0-9.+-]+)*")
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-(\d\.\d)(?:-([A-Z]{2,3}))?")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f<>\"{}|\\^`]+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SLUG = re.compile(r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*[-_]*")


def _matching(pattern: re.Pattern[str], what: str, hint: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise complaint(f"{value!r} is not {what}", hint)
        return value

    return check


_ALIAS = re.compile(r"/(?:[^\s/?#\\]+/)*[^\s/?#\\]*")


LONGEST_NAME = 255
"""Bytes that the name of a file or folder may have on the file systems of today."""


def _alias(value: str) -> str:
    """A name, or an address of the site; no address may climb out of it, and for each there is a file."""
    if value.startswith("/") and (not _ALIAS.fullmatch(value) or {".", ".."} & set(value.split("/")) or value == "/"):
        raise complaint(
            f"{value!r} is not an address of this site", "Write it from the first slash on: /2014/05/old-name.html."
        )
    return _no_longer_than_files(value) if value.startswith("/") else value


def _no_longer_than_files(address: str) -> str:
    if max(len(step.encode()) for step in address.split("/")) > LONGEST_NAME - len(".html"):
        raise complaint(f"{address[:40]!r}… is longer than the name of a file may be", "Shorten it, or leave it out.")
    return address


Alias: TypeAlias = Annotated[str, StringConstraints(min_length=1), AfterValidator(_alias)]
"""Another name of an entry, or, beginning with a slash, an old address of it."""
Language: TypeAlias = Annotated[str, AfterValidator(_language)]
"""A language by its BCP 47 tag, in CLDR's spelling."""
Licence: TypeAlias = Annotated[
    str, AfterValidator(_matching(_LICENCE, "a licence's SPDX name", "Write for example CC-BY-4.0 or CC-BY-SA-4.0."))
]
WebAddress: TypeAlias = Annotated[
    str, AfterValidator(_matching(_WEB_ADDRESS, "a web address", "Write it whole, beginning with https://."))
]
Mail: TypeAlias = Annotated[
    str, AfterValidator(_matching(_MAIL, "an e-mail address", "Write for example office@example.org."))
]
FeedId: TypeAlias = Annotated[
    str,
    AfterValidator(
        _matching(_ABSOLUTE, "an id that feed readers take", "Write it as the old site gave it: tag:… or https://…")
    ),
]
"""An absolute IRI, as Atom asks of an id (RFC 4287, section 4.2.6)."""
_SLUG_HINT = "Use a-z, 0-9 and single hyphens, for example young-workers-2018."
Key: TypeAlias = Annotated[str, AfterValidator(_matching(_KEY, "a word for an address", _SLUG_HINT))]
"""A term's word in addresses."""
Slug: TypeAlias = Annotated[
    str,
    AfterValidator(_matching(_SLUG, "a word for an address", _SLUG_HINT)),
    AfterValidator(_no_longer_than_files),
]
"""An entry's word in its address; wider than a key, because addresses of an old site may hold capitals, dots and _."""


def licence_url(name: str) -> str:
    """The address of a licence's text by its SPDX name; empty where no single one says it, as of "A OR B"."""
    if name == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if found := _CREATIVE_COMMONS.fullmatch(name):
        return f"https://creativecommons.org/licenses/{'/'.join(filter(None, found.groups())).lower()}/"
    many_or_none = " " in name or name.endswith("+") or name.startswith("LicenseRef-")
    return "" if many_or_none else f"https://spdx.org/licenses/{name}.html"


# --- files and pictures ---


def _file_name(value: str) -> str:
    if value.startswith("/") or ".." in value.split("/") or "\\" in value or "://" in value:
        raise complaint(
            f"{value!r} leaves the folder of this text", "Put the file beside the text and write its name only."
        )
    return value


FileName: TypeAlias = Annotated[
    str, AfterValidator(_file_name), WithJsonSchema({"type": "string", "format": "uri"}, "serialization")
]
"""A file beside the text that names it, relative to the text's folder."""


class Picture(Model):
    """A picture with its words (schema:image). `alt: decorative` says that there is nothing to describe."""

    file: FileName
    alt: Text
    credit: Text | None = None
    licence: Licence | None = None
    consent: Text | None = Field(default=None, exclude=True)

    @property
    def words(self) -> str:
        """The text that stands for the picture, empty for a decorative one."""
        return "" if self.alt == "decorative" else self.alt


# --- references to other entries ---


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another entry as the editor wrote it: slug, acronym, name or alias. The library finds the entry.

    A `loose` one may also be the plain name of an organisation that has no page.
    """

    collection: str
    text: str
    loose: bool = False


def _resolved(reference: Reference, info: SerializationInfo) -> Any:
    """A reference as data: the context's "resolve" finds what it means; without one it stays as it was written."""
    resolve = (info.context or {}).get("resolve")
    return resolve(reference) if resolve else reference.text


_PLAIN_NAME = {"type": "string", "minLength": 1}
_PAGE = {
    "type": "object",
    "properties": {"title": _PLAIN_NAME, "url": {"type": "string", "format": "uri"}},
    "required": ["title", "url"],
    "additionalProperties": False,
}
_RESOLVED = {"anyOf": [_PAGE, _PLAIN_NAME]}


@dataclass(frozen=True, slots=True)
class _RefersTo:
    collection: str
    loose: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_after_validator_function(
            self.reference,
            core_schema.str_schema(min_length=1, strip_whitespace=True),
            serialization=core_schema.plain_serializer_function_ser_schema(_resolved, info_arg=True),
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        return _RESOLVED if handler.mode == "serialization" else handler(schema)

    def reference(self, text: str, info: ValidationInfo) -> Reference:
        """The mention; noted in the context's "references", so that it is known though other fields are wrong."""
        found = Reference(self.collection, text, self.loose)
        if info.context:
            info.context.setdefault("references", []).append(found)
        return found


PartnerRef: TypeAlias = Annotated[Reference, _RefersTo("partners")]
PostRef: TypeAlias = Annotated[Reference, _RefersTo("posts")]
EventRef: TypeAlias = Annotated[Reference, _RefersTo("events")]
TrainingRef: TypeAlias = Annotated[Reference, _RefersTo("trainings")]
InitiativeRef: TypeAlias = Annotated[Reference, _RefersTo("initiatives")]
ResourceRef: TypeAlias = Annotated[Reference, _RefersTo("resources")]
CredentialRef: TypeAlias = Annotated[Reference, _RefersTo("credentials")]
Organisation: TypeAlias = Annotated[Reference, _RefersTo("partners", loose=True)]
"""A partner by reference, or the plain name of an organisation without a page."""


class Contributor(Model):
    """Somebody who took part: a person by name or a partner by reference, with a role."""

    name: Text | None = None
    partner: PartnerRef | None = None
    role: Text | None = None

    def model_post_init(self, context: Any, /) -> None:
        if (self.name is None) == (self.partner is None):
            raise complaint(
                "needs either a name or a partner", "Write `name: …` for a person, or `partner: …` for an organisation."
            )


def _as_contributor(value: Any) -> Any:
    """A bare text is a name: `trainers: [Experts of the institute]`."""
    return {"name": value} if isinstance(value, str) else value


AnyContributor: TypeAlias = Annotated[Contributor, BeforeValidator(_as_contributor)]


class Author(Contributor):
    """Who made the text (schema:author and contributor)."""

    role: Literal["author", "editor", "translator", "photographer"] = "author"


AnyAuthor: TypeAlias = Annotated[Author, BeforeValidator(_as_contributor)]
