"""The JSON Schema (draft 2020-12) of the catalogue, made of the content types' models.

It describes what is published, which is a little other than what editors write: nothing is empty, references are
resolved, files have addresses.
"""

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from chautari.entry import Collection, Entry

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Schema = {"type": "string", "minLength": 1}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_CHANGED: Schema = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NAMES: Schema = {"type": "object", "additionalProperties": _TEXT}


class _Published(GenerateJsonSchema):
    """Pydantic's schema of a model without what never gets into a record: null and defaults. Titles repeat names."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _group(required: Schema, **optional: Schema) -> Schema:
    """A group of fields, and no others."""
    properties = {**required, **optional}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def schema(collections: Iterable[Collection[Entry]], address: str) -> Schema:
    """The schema of every file of the catalogue; `address` is its own."""
    collections = tuple(collections)
    refs, made = models_json_schema(
        [(collection.model, "serialization") for collection in collections], schema_generator=_Published
    )
    definitions = made["$defs"]
    files = {"index": _index(), "vocabularies": _vocabularies()}
    for collection in collections:
        ref = refs[collection.model, "serialization"]
        name = ref["$ref"].rpartition("/")[2]
        definitions[name] = _record(definitions[name], collection.name)
        files[collection.name] = _group(
            {"$schema": _ADDRESS, "collection": {"const": collection.name}, "entries": _list(ref)}
        )
    choices = [{"$ref": f"#/$defs/{name}"} for name in files]
    return {"$schema": DRAFT, "$id": address, "oneOf": choices, "$defs": {**files, **definitions}}


def columns(whole: Schema, collection: str) -> list[tuple[str, ...]]:
    """The fields of a collection's records as columns of a table; a group of fields gives a column for each."""
    entry = _followed(whole["$defs"][collection]["properties"]["entries"]["items"], whole)
    found: list[tuple[str, ...]] = []
    for name, field in entry["properties"].items():
        inner = _followed(field, whole).get("properties", {})
        found += [(name, part) for part in inner] or [(name,)]
    return found


def _followed(part: Schema, whole: Schema) -> Schema:
    found: Schema = whole["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    return found


def _record(fields: Schema, collection: str) -> Schema:
    """The schema of a record: the model's fields between what every record has."""
    head = {
        "id": _TEXT,
        "url": _ADDRESS,
        "collection": {"const": collection},
        "language": _TEXT,
    }
    translation = _group({"url": _ADDRESS, "language": _TEXT, "title": _TEXT})
    properties = {**head, **fields["properties"], "translations": _list(translation)}
    return {**fields, "properties": properties, "required": list(dict.fromkeys([*head, *fields["required"]]))}


def _index() -> Schema:
    collection = _group({"name": _TEXT, "count": _COUNT, "json": _ADDRESS, "csv": _ADDRESS})
    return _group(
        {
            "$schema": _ADDRESS,
            "name": _TEXT,
            "url": _ADDRESS,
            "language": _TEXT,
            "licence": _TEXT,
            "generator": _TEXT,
            "collections": _list(collection),
            "vocabularies": _ADDRESS,
            "feed": _ADDRESS,
            "schema": _ADDRESS,
        },
        description=_TEXT,
        updated=_CHANGED,
    )


def _vocabularies() -> Schema:
    term = _group(
        {"key": _TEXT, "names": _NAMES, "count": _COUNT},
        aliases=_list(_TEXT),
        descriptions=_NAMES,
        broader=_group({"vocabulary": _TEXT, "key": _TEXT}),
        code=_TEXT,
        same_as=_ADDRESS,
        collections=_list(_TEXT),
        url=_ADDRESS,
    )
    return _group({"$schema": _ADDRESS, "vocabularies": {"type": "object", "additionalProperties": _list(term)}})
