"""Resources: what one can read, watch or use (subtypes of schema:CreativeWork, Dublin Core)."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from chautari.entry import Collection, Entry, newest_first
from chautari.source import Location
from chautari.validation import Model
from chautari.values import FileName, Language, Many, Organisation, ResourceRef, Text, WebAddress, complaint
from chautari.vocabulary import ResourceKind

_DOI = re.compile(r"10\.\d{4,9}/\S+")


def _isbn(value: str) -> str:
    """An ISBN of 10 or 13 digits whose check digit is right (ISO 2108)."""
    digits = value.replace("-", "").replace(" ", "").upper()
    if re.fullmatch(r"\d{13}", digits):
        good = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        good = sum((10 if digit == "X" else int(digit)) * (10 - place) for place, digit in enumerate(digits)) % 11 == 0
    else:
        good = False
    if not good:
        raise complaint(f"{value!r} is not an ISBN", "Copy its 10 or 13 digits from the book; one of them is mistyped.")
    return value


def _doi(value: str) -> str:
    name = value.removeprefix("https://doi.org/").removeprefix("doi:")
    if not _DOI.fullmatch(name):
        raise complaint(f"{value!r} is not a DOI", "Write for example 10.1000/182.")
    return name


class ResourceFile(Model):
    """One file of a resource, in one language."""

    file: FileName
    language: Language | None = None
    title: Text | None = None


class Resource(Entry):
    """A publication, a film, a law, a tool. One that may only be linked is never copied."""

    kind: ResourceKind
    creators: Many[Organisation] = ()
    publisher: Organisation | None = None
    year: Annotated[int, Field(ge=1000, le=2200)]
    files: Many[ResourceFile] = ()
    # Not by this name in published data, where every record's `url` is that of its page.
    web_address: WebAddress | None = Field(default=None, validation_alias="url")
    archived_url: WebAddress | None = None
    isbn: Annotated[str, AfterValidator(_isbn)] | None = None
    doi: Annotated[str, AfterValidator(_doi)] | None = None
    languages: Many[Language] = ()
    edition: Text | None = None
    replaces: ResourceRef | None = None
    access: Literal["copy", "link only"] = "copy"

    def named_files(self) -> Iterator[tuple[Location, str]]:
        yield from super().named_files()
        for number, item in enumerate(self.files):
            yield ("files", number, "file"), item.file

    def documents(self) -> Iterator[tuple[Location, str]]:
        """What may only be linked is never copied."""
        if self.access == "copy":
            yield from super().documents()


COLLECTION = Collection("resources", Resource, order=newest_first)
