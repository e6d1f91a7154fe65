"""What front matter says of others: references to other entries, and those who took part."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, SerializationInfo, ValidationInfo
from pydantic_core import core_schema

from chautari.validation import Model
from chautari.values import Text, complaint


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
