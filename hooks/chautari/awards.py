"""Awards: who was given a credential, as one small public record each, in content/awards/.

A record holds no e-mail address, only a salted hash of it (Open Badges 2.0, IdentityObject), and a name only with the
day on which its owner agreed. Awards are no entries: no list, feed, search or catalogue shows them. Whoever has been
given the address of one may show it.
"""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, StringConstraints

from chautari.dates import Day
from chautari.problems import ContentError, Problem
from chautari.references import CredentialRef, EventRef
from chautari.source import Source, read_data
from chautari.validation import Model, validate
from chautari.values import Text, complaint

FOLDER = "content/awards"
SHA256 = r"^sha256\$[0-9a-f]{64}$"
"""A digest as Open Badges writes it: the name of the algorithm, then hexadecimal digits."""

State = Literal["valid", "revoked", "expired"]


class Award(Model):
    """One credential given to one person. The `id` is the file's name and cannot be guessed (128 random bits)."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    credential: CredentialRef
    date: Day
    expires: Day | None = None
    event: EventRef | None = None
    recipient: Annotated[str, StringConstraints(pattern=SHA256)] | None = None
    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] | None = None
    name: Text | None = None
    consent: Day | None = None
    revoked: Day | None = None
    reason: Text | None = None
    digest: Annotated[str, StringConstraints(pattern=SHA256)] = Field(exclude=True)

    def model_post_init(self, context: Any, /) -> None:
        hint = "Awards are written by `chautari award` only."
        if (self.revoked is None) != (self.reason is None):
            raise complaint("and `reason` belong together", hint, "revoked")
        if (self.name is None) != (self.consent is None):
            raise complaint("is shown only with the day of consent", hint, "name")
        if self.revoked and (self.name or self.recipient or self.salt):
            raise complaint("leaves nothing that points to a person", hint, "revoked")
        if not self.revoked and not (self.recipient and self.salt):
            raise complaint("is missing, or its salt", hint, "recipient")

    @property
    def path(self) -> str:
        """The file, from the project's root."""
        return f"{FOLDER}/{self.id}.yml"

    @property
    def url(self) -> str:
        """The address of the page, from the site's root; who has it can check the award."""
        return f"credentials/awards/{self.id}/"

    @property
    def data_url(self) -> str:
        """The address of the assertion (Open Badges 2.0), from the site's root."""
        return f"credentials/awards/{self.id}.json"

    def state(self, today: dt.date) -> State:
        """Whether it holds on a day; its last day is one on which it does."""
        if self.revoked:
            return "revoked"
        return "expired" if self.expires and self.expires < today else "valid"

    def is_given_to(self, email: str) -> bool:
        """Whether it was given to the owner of an e-mail address."""
        return self.salt is not None and self.recipient == identity(email, self.salt)

    def record(self) -> dict[str, str]:
        """All that is public of it, but the digest, as plain text by name."""
        return self.model_dump(mode="json", exclude_none=True)


def sealed(record: dict[str, str]) -> Award:
    """A record with the digest that belongs to it."""
    return Award.model_validate({**record, "digest": digest_of(record)})


def digest_of(record: dict[str, str]) -> str:
    """The digest of a record's canonical form: JSON with sorted keys and no spaces, all values text (RFC 8785)."""
    canonical = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256${hashlib.sha256(canonical.encode()).hexdigest()}"


def identity(email: str, salt: str) -> str:
    """A hashed e-mail address (Open Badges 2.0, IdentityHash). In small letters: people write theirs in both."""
    return f"sha256${hashlib.sha256(f'{email.strip().lower()}{salt}'.encode()).hexdigest()}"


def as_yaml(award: Award) -> str:
    """The text of an award's file."""
    return yaml.safe_dump({**award.record(), "digest": award.digest}, allow_unicode=True, sort_keys=False, width=1000)


def read_awards(root: Path) -> tuple[list[tuple[Award, Source]], list[Problem]]:
    """Every award of the project, judged for itself, by id; and what is wrong with the others."""
    awards: list[tuple[Award, Source]] = []
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).glob("*")):
        name = f"{FOLDER}/{path.name}"
        if path.name.startswith("."):
            continue
        if path.suffix != ".yml":
            problems.append(Problem(name, 0, "", "is no award", "Only `chautari award` writes into this folder."))
            continue
        try:
            source = read_data(path, name)
            award = validate(Award, source, {})
            problems += _changed(award, source)
            awards.append((award, source))
        except ContentError as error:
            problems += error.problems
    return awards, problems


def _changed(award: Award, source: Source) -> list[Problem]:
    """What shows that a record is not as it was written."""
    found = []
    if source.path != award.path:
        message = "is not the file's name"
        found.append(Problem(source.path, source.line(("id",)), "id", message, f"Name the file {award.id}.yml."))
    if award.digest != digest_of(award.record()):
        message = "does not match: the record was changed after it was written"
        hint = "Take back the change. An award that is wrong is revoked by `chautari award --revoke` and given anew."
        found.append(Problem(source.path, source.line(("digest",)), "digest", message, hint))
    return found
