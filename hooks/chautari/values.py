"""The kinds of values that front matter may hold: text, lists, languages, licences, addresses, pictures.

Each kind reads what an editor writes, keeps one form of it, and says in a sentence what is wrong with the rest.
Dates and references have rooms of their own.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar

from babel.core import Locale, UnknownLocaleError
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError, WithJsonSchema
from pydantic_core import InitErrorDetails, PydanticCustomError

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
