"""Credentials: what a learner may be awarded (Open Badges 3.0 Achievement, 2.0 BadgeClass)."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from chautari.entry import Collection, Entry
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


COLLECTION = Collection("credentials", Credential)
