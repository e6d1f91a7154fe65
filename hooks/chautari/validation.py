"""From front matter to a model: pydantic judges, and its findings become sentences with a line.

The kinds of values that front matter may hold (text, languages, licences, pictures …) stand in `values.py`, `dates.py`
and `references.py`; this room holds the base of all models and the one function that judges a source.
"""

import sys
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from chautari.problems import ContentError, Problem, did_you_mean
from chautari.source import Location, Source


class Model(BaseModel):
    """What an editor writes, or a group of fields in it: frozen, and a field that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Each packet brings the names of its fields. Kept once, ten thousand entries take 17 MB less, and a field is
        # found without comparing letters.
        state["__dict__"] = {sys.intern(name): value for name, value in state["__dict__"].items()}
        super().__setstate__(state)


M = TypeVar("M", bound=Model)


def validate(model: type[M], source: Source, context: dict[str, Any] | None = None) -> M:
    """The source's front matter as a model. Raises `ContentError` with all that is wrong in it.

    `context` is what fields ask while they are judged: {"vocabularies": {name: Vocabulary}}.
    """
    try:
        return model.model_validate(source.data, context=context)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise ContentError(_problem(model, source, details) for details in found) from None


def field_name(location: Location) -> str:
    """A place in the front matter in words: `themes`, `modules 2, title`. Positions count from 1.

    The position in a list of plain values is left out: the line tells it, and the value is quoted.
    """
    steps = [step for step in location if not (isinstance(step, str) and not step.replace("_", "").isalnum())]
    while steps and isinstance(steps[-1], int):
        steps.pop()
    words: list[str] = []
    for step in steps:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words)


def _problem(model: type[Model], source: Source, details: ErrorDetails) -> Problem:
    location = details["loc"]
    message, hint = _sentence(model, details)
    # A check of a whole group names its field itself, because pydantic only knows the group.
    if named := details.get("ctx", {}).get("field"):
        location = (*location, named)
    return Problem(source.path, source.line(location), field_name(location), message, hint)


def _sentence(model: type[Model], details: ErrorDetails) -> tuple[str, str]:
    """Message and hint for one of pydantic's findings; our own checks bring theirs along."""
    kind, given, context = details["type"], details["input"], details.get("ctx", {})
    shown = repr(given) if isinstance(given, str) else "a list" if isinstance(given, list) else "a group of fields"
    match kind:
        case "chautari":
            return str(context["message"]), str(context["hint"])
        case "missing":
            return "is missing", f"Add a line `{details['loc'][-1]}: …`."
        case "extra_forbidden":
            name, known = str(details["loc"][-1]), fields_at(model, details["loc"][:-1])
            return "is not a field here", did_you_mean(name, known) or f"The fields are: {', '.join(sorted(known))}."
        case "literal_error" | "enum":
            expected = str(context["expected"]).replace("'", "")
            return f"{shown} is not one of: {expected}", did_you_mean(
                str(given), expected.replace(" or ", ", ").split(", ")
            )
        case "finite_number":
            return f"{shown} is not a number", "Write digits only, for example 24."
        case "int_parsing" | "int_type" | "int_from_float" | "float_parsing" | "float_type":
            return f"{shown} is not a number", "Write digits only, for example 24."
        case "less_than" | "less_than_equal":
            return f"{shown} is too large", f"It is at most {context.get('le', context.get('lt'))}."
        case "greater_than" | "greater_than_equal":
            return f"{shown} is too small", f"It is at least {context.get('ge', context.get('gt'))}."
        case "bool_parsing" | "bool_type":
            return f"{shown} is neither true nor false", "Write true or false."
        case "string_too_long":
            return f"is {len(given)} characters long, at most {context['max_length']} fit", "Say it shorter."
        case "string_type" if isinstance(given, dict):
            return "is a group of fields where one text is wanted", "A text with a colon goes into quotation marks."
        case "string_type":
            return (
                f"is {shown} where one text is wanted",
                "Write the text behind the field's name; put it into quotation marks if it holds a colon.",
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            names = ", ".join(sorted(fields_at(model, details["loc"])))
            return (
                f"{shown} is not a group of fields",
                f"Write fields below it, indented by two spaces: {names}." if names else "",
            )
        case "tuple_type" | "list_type":
            return f"{shown} is not a list", "Write each item on a line of its own, beginning with - and a space."
        case _:
            return f"{shown} is not right: {details['msg']}", ""


def fields_at(model: type[Model], location: Location) -> list[str]:
    """The names that an editor may write at a place in the front matter of a model, [] where there is no group."""
    schema = model.model_json_schema(by_alias=True)
    here = schema
    for step in location:
        here = _resolved(here, schema)
        branch = here.get("items") if isinstance(step, int) else here.get("properties", {}).get(step)
        if not isinstance(branch, dict):
            return []
        here = branch
    return list(_resolved(here, schema).get("properties", {}))


def _resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A part of a JSON Schema with its `$ref` followed and the object or list chosen out of an `anyOf`."""
    if "$ref" in part:
        return _resolved(schema["$defs"][part["$ref"].rsplit("/", 1)[-1]], schema)
    choices = [_resolved(choice, schema) for choice in part.get("anyOf", [])]
    return next((choice for choice in choices if choice.get("type") in ("object", "array")), part)
