"""The catalogue as data: JSON (RFC 8259) and CSV (RFC 4180) for each collection, with a schema that describes them.

Version 1 is a promise: fields may come, none goes or changes its meaning.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from chautari.artifact import Artifact, Texts
from chautari.entry import latest
from chautari.library import Library
from chautari.records import FOLDER, SCHEMA, Catalogue, Record, without_empty
from chautari.schema import columns
from chautari.site import Site
from chautari.tables import csv_file, harmless
from chautari.vocabulary import LABELS, Term

VOCABULARIES = f"{FOLDER}vocabularies.json"


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """Two files for each collection, the vocabularies, the schema, and the index that names them all."""
    catalogue = Catalogue(library, site)
    for name in library.collections:
        entries = library.of(name)
        versions = [other for entry in entries for other in library.translations(entry) if other is not entry]
        shows = (name, entries, versions)
        yield Artifact(f"{FOLDER}{name}.json", partial(collection_json, catalogue, name), shows)
        yield Artifact(f"{FOLDER}{name}.csv", partial(collection_csv, catalogue, name), shows)
    terms = [term for vocabulary in library.vocabularies.values() for term in vocabulary]
    counts = counted(library, terms)
    known = [(term.vocabulary, *_fields(term).values(), repr(term.names), counts[term]) for term in terms]
    yield Artifact(VOCABULARIES, partial(vocabularies, library, site, counts), (known,))
    yield Artifact(SCHEMA, partial(schema, catalogue), ())
    listed = {name: len(library.of(name)) for name in library.collections}
    updated = latest(entry.last_changed for entry in library.listed)
    yield Artifact(f"{FOLDER}index.json", partial(index, listed, updated, site), (listed, updated))


def index(listed: Mapping[str, int], updated: dt.date | None, site: Site) -> bytes:
    """What there is and where. `updated` is the latest change of an entry, never the time of the build."""
    collections = [
        {
            "name": name,
            "count": count,
            "json": site.absolute(f"{FOLDER}{name}.json"),
            "csv": site.absolute(f"{FOLDER}{name}.csv"),
        }
        for name, count in listed.items()
    ]
    about = {
        "$schema": site.absolute(SCHEMA),
        "name": site.name,
        "description": site.description,
        "url": site.absolute(""),
        "language": site.language,
        "licence": site.settings.licence,
        "updated": updated and updated.isoformat(),
        "generator": "Chautari",
        "collections": collections,
        "vocabularies": site.absolute(VOCABULARIES),
        "feed": site.absolute("feed.xml"),
        "schema": site.absolute(SCHEMA),
    }
    return as_json(without_empty(about), indent=2)


def collection_json(catalogue: Catalogue, name: str) -> bytes:
    """A collection's records. Without indents, which make the file of a big hub a third larger and slow to write."""
    address = catalogue.site.absolute(SCHEMA)
    return as_json({"$schema": address, "collection": name, "entries": catalogue.records(name)})


def as_json(value: Any, indent: int | None = None) -> bytes:
    """JSON in UTF-8, Bengali as Bengali."""
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode()


def schema(catalogue: Catalogue) -> bytes:
    """What all these files look like."""
    return as_json(catalogue.schema, indent=2)


# --- tables ---


def collection_csv(catalogue: Catalogue, name: str) -> bytes:
    """A collection's records as a table, a row each. The columns are those of the type, whether filled or not."""
    ways = columns(catalogue.schema, name)
    head = [".".join(way) for way in ways]
    return csv_file([head, *([cell(_at(record, way)) for way in ways] for record in catalogue.records(name))])


def _at(record: Record, way: tuple[str, ...]) -> Any:
    value: Any = record
    for name in way:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def cell(value: Any) -> str | int | float:
    """A value in one cell: of a reference the title, of a list all items, of a group what is no list."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case list():
            return "; ".join(str(cell(item)) for item in value)
        case {"title": title, "url": _, **more} if not more:
            return cell(title)
        case dict():
            return ", ".join(str(cell(item)) for item in value.values() if not isinstance(item, list))
        case _:
            return harmless(str(value))


# --- vocabularies ---


def counted(library: Library, terms: Iterable[Term]) -> dict[Term, int]:
    """How many listed entries are of a kind or bear a label: also those that bear a narrower one, as on its page."""
    kinds = Counter(getattr(entry, "kind", None) for entry in library.listed)
    return {term: len(library.labelled(term)) if term.vocabulary in LABELS else kinds[term] for term in terms}


def vocabularies(library: Library, site: Site, counts: Mapping[Term, int]) -> bytes:
    """Every term, in use or not: a record may name one that no list shows, such as the country of a place."""
    known = {
        name: [
            without_empty(
                {
                    **_fields(term),
                    "names": dict(term.names),
                    "url": site.absolute(term.url) if library.in_use(term) else None,
                    "count": counts[term],
                }
            )
            for term in vocabulary
        ]
        for name, vocabulary in library.vocabularies.items()
    }
    return as_json({"$schema": site.absolute(SCHEMA), "vocabularies": known}, indent=2)


def _fields(term: Term) -> Record:
    """What is said of a term but its names, of which those of countries take a while to read."""
    broader = term.broader
    return {
        "key": term.key,
        "code": term.code,
        "names": {},
        "aliases": list(term.aliases),
        "descriptions": dict(term.descriptions),
        "broader": {"vocabulary": broader.vocabulary, "key": broader.key} if broader else None,
        "collections": list(term.uses),
        "same_as": term.same_as,
    }
