"""The catalogue as plain data: what a program may know of each entry, made of its model's fields.

A new field or a new type needs nothing here. An empty field is an absent one. What a model excludes (the consent to a
picture, an editor's own marks) and what is said not to be public is never in it.
"""

from functools import cached_property
from typing import Any
from urllib.parse import quote

from chautari.channels import identity
from chautari.entry import Entry
from chautari.library import Library
from chautari.references import Reference
from chautari.schema import Schema, schema
from chautari.site import Site

Record = dict[str, Any]
_EMPTY: tuple[Any, ...] = (None, "", [], {})
FOLDER = "api/v1/"
SCHEMA = f"{FOLDER}schema.json"


class Catalogue:
    """The records of a library. Each is made once, for whatever forms it is published in."""

    def __init__(self, library: Library, site: Site) -> None:
        self.library, self.site = library, site
        self._records: dict[str, list[Record]] = {}

    def records(self, collection: str) -> list[Record]:
        """The listed entries of a collection, in its order: what lists leave out, the catalogue leaves out."""
        if collection not in self._records:
            self._records[collection] = [self.record(entry) for entry in self.library.of(collection)]
        return self._records[collection]

    @cached_property
    def schema(self) -> Schema:
        """What the files of the catalogue look like."""
        return schema(self.library.collections.values(), self.site.absolute(SCHEMA))

    def record(self, entry: Entry) -> Record:
        """An entry: what every record has, the fields as they are called in front matter, and the translations."""
        fields = entry.model_dump(mode="json", by_alias=True, exclude_none=True, context={"resolve": self.resolved})
        fields["aliases"] = [alias for alias in entry.aliases if alias not in entry.former_addresses]
        self._find_files(entry, fields)
        head = {
            "id": identity(entry, self.site),
            "url": self.site.absolute(entry.url),
            "collection": entry.collection,
            "language": entry.language,
        }
        fields["licence"] = entry.licence_in(self.site.settings.licence)
        return {**head, **without_empty(fields), **without_empty({"translations": self.translations(entry)})}

    def translations(self, entry: Entry) -> list[Record]:
        """The same text in other languages."""
        return [
            {"url": self.site.absolute(version.url), "language": version.language, "title": version.title}
            for version in self.library.translations(entry)
            if version is not entry and version.status != "withdrawn"
        ]

    def resolved(self, reference: Reference) -> str | Record:
        """What a reference means: title and address where it has a page, else its name."""
        title, found = self.library.title(reference), self.library.get(reference)
        return {"title": title, "url": self.site.absolute(found.url)} if found else title

    def address(self, entry: Entry, file: str) -> str:
        """Where a document that stands beside an entry's text is published."""
        return self.site.absolute(quote(entry.beside(file)))

    def picture(self, entry: Entry, file: str) -> str | None:
        """Where the largest form of a picture is published."""
        found = self.library.renditions(entry, file)
        return self.site.absolute(found.largest.url) if found else None

    def _find_files(self, entry: Entry, fields: Record) -> None:
        """Puts addresses in the place of files; a group whose file may not be copied is left out."""
        documents = {location for location, _ in entry.documents()}
        pictures = {(*location, "file") for location, _ in entry.pictures()}
        for location, file in entry.named_files():
            *way, group, name = location
            around: Any = fields
            for step in way:
                around = around[step]
            if location in pictures:
                around[group][name] = self.picture(entry, file)
            elif location in documents:
                around[group][name] = self.address(entry, file)
            else:
                around[group] = None


def without_empty(value: Any) -> Any:
    """Data without empty fields, and without groups that are not public."""
    if isinstance(value, list):
        return [sound for item in value if (sound := without_empty(item)) not in _EMPTY]
    if not isinstance(value, dict):
        return value
    if value.get("public") is False:
        return None
    return {
        name: item
        for name, given in value.items()
        if (item := without_empty(given)) is not None and item not in ([], {}, "")
    }
