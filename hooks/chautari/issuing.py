"""Credentials given and taken back: records in content/awards/, all of them or none.

Whom they were given to stays in the private table; beside it a second one says to whom to send which link.
"""

import csv
import io
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chautari.awards import FOLDER, Award, as_yaml, identity, sealed
from chautari.content.credentials import Credential
from chautari.content.events import Event
from chautari.entry import Entry
from chautari.library import Library
from chautari.problems import ContentError, Problem, did_you_mean
from chautari.recipients import Recipient, read_recipients
from chautari.references import Reference
from chautari.site import Site

_RANDOM_BYTES = 16
"""128 bits: nobody finds the page of an award by trying addresses."""


@dataclass(frozen=True)
class Gift:
    """What everybody in one table is given: the credential, the day, and the event at which it was earned."""

    credential: Credential
    day: date
    event: Event | None = None

    def is_like(self, award: Award, library: Library) -> bool:
        """Whether an award is one of the same credential."""
        given = library.find(award.credential)
        return given is not None and given.path == self.credential.path

    def to(self, recipient: Recipient) -> Award:
        """The award of one person."""
        salt = secrets.token_hex(_RANDOM_BYTES)
        last = self.credential.last_day(self.day)
        record = {
            "id": secrets.token_hex(_RANDOM_BYTES),
            "credential": self.credential.slug,
            "date": self.day.isoformat(),
            "expires": last.isoformat() if last else "",
            "event": self.event.slug if self.event else "",
            "recipient": identity(recipient.email, salt),
            "salt": salt,
            "name": recipient.name if recipient.consent else "",
            "consent": recipient.consent.isoformat() if recipient.consent else "",
        }
        return sealed({name: text for name, text in record.items() if text})


# --- giving ---


def prepare(library: Library, site: Site, credential: str, day: date, training: str | None) -> Gift:
    """What is to be given, judged. Raises `ContentError`."""
    problems: list[Problem] = []
    found = _named(library, "credentials", credential, problems)
    event = _run(library, training, problems) if training else None
    if found and found.status == "withdrawn":
        problems.append(Problem("credentials", 0, "", f"{found.slug!r} has been withdrawn", "It is no longer given."))
    if not site.url:
        problems.append(Problem("mkdocs.yml", 0, "site_url", "is missing", "Links to awards begin with it."))
    if day > site.today:
        problems.append(Problem("--date", 0, "", f"{day} has not come yet", "Credentials are given for what is done."))
    if event and day < event.last_day:
        message = f"{day} is before the end of {event.title!r} ({event.last_day})"
        problems.append(Problem("--date", 0, "", message, "Credentials are given when the training is over."))
    if isinstance(found, Credential) and event and found.training and event.training:
        taught, wanted = (library.find(reference) for reference in (event.training, found.training))
        if taught is not wanted:
            message = f"{event.slug!r} is a run of another training than that of {found.slug!r}"
            problems.append(Problem("--training", 0, "", message, "Name a run of its own training."))
    if problems or not isinstance(found, Credential):
        raise ContentError(problems)
    return Gift(found, day, event)


def _named(library: Library, collection: str, word: str, problems: list[Problem]) -> Entry | None:
    """The published entry that a word on the command line means."""
    found = library.get(Reference(collection, word))
    if not found:
        names = [name for entry in library.published if entry.collection == collection for name in entry.names]
        hint = did_you_mean(word, names) or "Write the name of its file without .md."
        problems.append(Problem(collection, 0, "", f"{word!r} is not one of the published {collection}", hint))
    return found


def _run(library: Library, word: str, problems: list[Problem]) -> Event | None:
    """The event that a word means: an event, or a training that was held once only."""
    found = library.get(Reference("events", word))
    if isinstance(found, Event):
        return found
    training = library.get(Reference("trainings", word))
    if not training:
        _named(library, "events", word, problems)
        return None
    runs = [event for event in library.all(Event) if event.training and library.find(event.training) is training]
    if len(runs) == 1:
        return runs[0]
    message = f"{word!r} has {len(runs) or 'no'} dated runs"
    hint = f"Name one: {', '.join(run.slug for run in runs)}." if runs else "Leave --training out, or write the event."
    problems.append(Problem("--training", 0, "", message, hint))
    return None


def give(root: Path, library: Library, site: Site, gift: Gift, table: Path) -> Path:
    """Writes an award for each person in the table, and beside it who gets which link. Raises `ContentError`."""
    _keep_private(root, table)
    recipients = read_recipients(table, site.today)
    held = [award for award in library.awards if award.state(gift.day) == "valid" and gift.is_like(award, library)]
    twice = [
        Problem(str(table), each.line, "email", f"{each.email!r} has been given it on {award.date}", _again(award))
        for each in recipients
        for award in held
        if award.is_given_to(each.email)
    ]
    if twice:
        raise ContentError(twice)
    awards = [gift.to(recipient) for recipient in recipients]
    links = table.with_name(f"{table.stem}-links-{gift.day}.csv")
    files = {root / award.path: as_yaml(award) for award in awards}
    _write_all({links: _links(recipients, awards, site), **files})
    return links


def _again(award: Award) -> str:
    return f"Take the row out; the award is {award.id}."


def _keep_private(root: Path, table: Path) -> None:
    if table.resolve().is_relative_to(root.resolve()):
        message = "lies inside the project's folder"
        hint = "It holds names and e-mail addresses, and all of the project is published. Keep it in another folder."
        raise ContentError([Problem(str(table), 0, "", message, hint)])


def _links(recipients: Sequence[Recipient], awards: Sequence[Award], site: Site) -> str:
    """The private table of who gets which link. With a byte order mark, without which Excel misreads names."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "email", "language", "link"])
    for recipient, award in zip(recipients, awards, strict=True):
        writer.writerow([recipient.name, recipient.email, recipient.language, site.absolute(award.url)])
    return f"\ufeff{text.getvalue()}"


def _write_all(files: dict[Path, str]) -> None:
    """Writes files that are not there yet: all, or, if one cannot be written, none."""
    written: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="") as file:
                written.append(path)
                file.write(text)
    except OSError as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        hint = "It was written by an earlier run: move it away." if isinstance(error, FileExistsError) else "Try again."
        message = f"cannot be written: {error.strerror}"
        raise ContentError([Problem(str(error.filename or FOLDER), 0, "", message, hint)]) from error


# --- taking back ---


def revoke(root: Path, library: Library, site: Site, name: str, reason: str) -> Award:
    """Marks an award as revoked: its address goes on, what points to a person goes away. Raises `ContentError`."""
    word = name.strip().rstrip("/").rpartition("/")[2]
    award = next((award for award in library.awards if award.id == word), None)
    if not award:
        hint = "Write its id, or the link that its holder was sent."
        raise ContentError([Problem("--revoke", 0, "", f"{name!r} is not the id of an award", hint)])
    if award.revoked:
        message = f"{award.id} was revoked on {award.revoked} already"
        raise ContentError([Problem("--revoke", 0, "", message, f"The reason given is: {award.reason}")])
    if not reason.strip():
        hint = "It is shown to everybody who checks the award: name nobody in it."
        raise ContentError([Problem("--reason", 0, "", "is missing", hint)])
    kept = {name: text for name, text in award.record().items() if name not in ("recipient", "salt", "name", "consent")}
    revoked = sealed({**kept, "revoked": site.today.isoformat(), "reason": " ".join(reason.split())})
    (root / award.path).write_text(as_yaml(revoked), encoding="utf-8")
    return revoked
