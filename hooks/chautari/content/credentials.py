"""Credentials: what a learner may be awarded (Open Badges 3.0 Achievement, 2.0 BadgeClass)."""

import datetime as dt
import re
from calendar import monthrange
from typing import Annotated

from pydantic import AfterValidator, Field

from chautari.entry import Collection, Entry
from chautari.pictures import DRAWING
from chautari.references import PartnerRef, TrainingRef
from chautari.schema_org import Node, Nodes, filled, node
from chautari.validation import Model
from chautari.values import Many, Picture, Size, Text, WebAddress, complaint

_DURATION = re.compile(r"[1-9]\d{0,3} (day|month|year)s?")
_MONTHS = {"month": 1, "year": 12}


def _validity(value: str) -> str:
    if value != "does not expire" and not _DURATION.fullmatch(value):
        raise complaint(f"{value!r} is not a length of time", "Write `does not expire`, or for example `2 years`.")
    return value


def _drawn(value: Picture) -> Picture:
    """Open Badges 2.0 knows PNG and SVG only, and of these two the hub publishes drawings as what they are."""
    if not value.file.lower().endswith(DRAWING):
        raise complaint(f"{value.file!r} is not a drawing", "Save the badge as SVG and name that file here.", "file")
    return value


class Skill(Model):
    """What one can do afterwards, with its place in a framework of skills where it has one."""

    name: Text
    framework: Text | None = None
    url: WebAddress | None = None


class Credential(Entry):
    """A certificate that can be awarded. The awards themselves are made by `chautari award`."""

    description: Text
    criteria: Text
    image: Annotated[Picture, AfterValidator(_drawn)]
    issuer: PartnerRef
    training: TrainingRef | None = None
    skills: Many[Skill] = ()
    hours: Annotated[float, Field(gt=0)] | None = None
    tasks: Size | None = None
    valid_for: Annotated[str, AfterValidator(_validity)] = "does not expire"

    @property
    def validity(self) -> tuple[int, str]:
        """How long an award holds, as a number of days, months or years; (0, "") where it does not expire."""
        number, _, unit = self.valid_for.partition(" ")
        return (int(number), unit.rstrip("s")) if number.isdigit() else (0, "")

    def last_day(self, given: dt.date) -> dt.date | None:
        """The last day on which what was awarded on a day holds; None where it does not expire."""
        number, unit = self.validity
        if not number:
            return None
        return given + dt.timedelta(days=number) if unit == "day" else _months_later(given, number * _MONTHS[unit])


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last: a year after 29 February is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def _duration(credential: Credential) -> str:
    """A length of time as ISO 8601 writes it: "2 years" is P2Y."""
    number, unit = credential.validity
    return f"P{number}{unit[0].upper()}" if number else ""


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
        validFor=_duration(credential),
        publisher=nodes.publisher,
    )


COLLECTION = Collection(
    "credentials", Credential, schema_type="EducationalOccupationalCredential", described=_described
)
