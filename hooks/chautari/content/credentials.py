"""Credentials: what a learner may be awarded (Open Badges 3.0 Achievement, 2.0 BadgeClass)."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from chautari.entry import Collection, Entry
from chautari.schema_org import Node, Nodes, filled, node
from chautari.validation import Model
from chautari.values import Many, PartnerRef, Picture, Size, Text, TrainingRef, WebAddress, complaint

_DURATION = re.compile(r"\d+ (day|month|year)s?")


def _validity(value: str) -> str:
    if value != "does not expire" and not _DURATION.fullmatch(value):
        raise complaint(f"{value!r} is not a length of time", "Write `does not expire`, or for example `2 years`.")
    return value


class Skill(Model):
    """What one can do afterwards, with its place in a framework of skills where it has one."""

    name: Text
    framework: Text | None = None
    url: WebAddress | None = None


class Credential(Entry):
    """A certificate that can be awarded. The awards themselves are made elsewhere."""

    description: Text
    criteria: Text
    image: Picture
    issuer: PartnerRef
    training: TrainingRef | None = None
    skills: Many[Skill] = ()
    hours: Annotated[float, Field(gt=0)] | None = None
    tasks: Size | None = None
    valid_for: Annotated[str, AfterValidator(_validity)] = "does not expire"


def _duration(valid_for: str) -> str:
    """A length of time as ISO 8601 writes it: "2 years" is P2Y."""
    number, _, unit = valid_for.partition(" ")
    return f"P{number}{unit[0].upper()}" if number.isdigit() else ""


def _described(credential: Credential, nodes: Nodes) -> Node:
    skills = [
        node("DefinedTerm", name=skill.name, url=skill.url, inDefinedTermSet=skill.framework)
        for skill in credential.skills
    ]
    course = nodes.named(credential.training)
    return nodes.work(credential) | filled(
        description=credential.description,
        credentialCategory="Certificate",
        recognizedBy=nodes.named(credential.issuer),
        competencyRequired=skills,
        educationRequirements=credential.criteria,
        isBasedOn=course,
        validFor=_duration(credential.valid_for),
        publisher=nodes.publisher,
    )


COLLECTION = Collection(
    "credentials", Credential, schema_type="EducationalOccupationalCredential", described=_described
)
