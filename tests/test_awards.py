"""Awards: given to everybody in a table or to nobody, without a word in public about who they are, and taken back."""

import csv
import dataclasses
import datetime as dt
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from chautari import issuing
from chautari.awards import Award, as_yaml, digest_of, identity, read_awards, sealed
from chautari.content import collections
from chautari.library import Library
from chautari.loading import load
from chautari.outputs.badges import artifacts
from chautari.problems import ContentError
from chautari.recipients import read_recipients
from chautari.site import read_address
from tests.build import bytes_of, page, text_of
from tests.hub import NO_TEXTS, SITE, event, make_hub, make_site, partner, training, write
from tests.test_cli import chautari

TODAY = dt.date(2026, 1, 15)
CASES = yaml.safe_load((Path(__file__).parent / "tables/recipients.yml").read_text("utf-8"))
CREDENTIAL = """---
title: Social dialogue
description: D
criteria: E
issuer: p
image: {file: b.svg, alt: A badge}
training: course
valid_for: 2 years
---
"""
FILES = {
    "mkdocs.yml": "site_name: Hub\nsite_url: !ENV [SITE_URL, 'https://hub.example.org/sub/']\n",
    "content/credentials/social-dialogue.md": CREDENTIAL,
    "content/credentials/b.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "content/partners/p.md": partner(),
    "content/trainings/course.md": training(),
    "content/trainings/other.md": training(title="Another training"),
    "content/trainings/never-held.md": training(title="A training on paper"),
    "content/events/run.md": event("training: course", "end: 2026-01-10 17:00", start="2026-01-08 09:00"),
    "content/events/other-1.md": event("training: other", title="First", start="2025-01-08 09:00"),
    "content/events/other-2.md": event("training: other", title="Second", start="2025-02-08 09:00"),
}
TABLE = "name,email,consent\nSita Rai,Sita@example.org,yes 2026-01-09\nRam Rai,ram@example.org,no\n"


class Desk:
    """A small hub, and a table outside it: what an editor sits in front of."""

    def __init__(self, folder: Path) -> None:
        self.root = make_hub(folder / "hub", FILES)
        self.table = folder / "people.csv"
        self.table.write_text(TABLE, "utf-8")
        self.site = make_site()

    @property
    def library(self) -> Library:
        return load(self.root, collections(), self.site)

    @property
    def awards(self) -> tuple[Award, ...]:
        return self.library.awards

    def give(
        self, credential: str = "social-dialogue", day: dt.date = dt.date(2026, 1, 12), training: str | None = None
    ) -> Path:
        gift = issuing.prepare(self.library, self.site, credential, day, training)
        return issuing.give(self.root, self.library, self.site, gift, self.table)

    def without_address(self) -> "Desk":
        self.site = dataclasses.replace(self.site, url="")
        return self

    def revoke(self, name: str, reason: str) -> Award:
        return issuing.revoke(self.root, self.library, self.site, name, reason)

    def change(self, award: Award, old: str, new: str) -> None:
        path = self.root / award.path
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- the table ---


def judged(table: Path) -> str | list[list[Any]]:
    """What is said about a table, or who is in it."""
    try:
        return [list(dataclasses.astuple(each)) for each in read_recipients(table, TODAY)]
    except ContentError as error:
        return str(error)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_table_and_what_is_said_about_it(case: dict[str, Any], tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"people.csv": case["table"]})
    assert judged(Path("people.csv")) == (case.get("problems", "").rstrip("\n") or case["people"])


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read: No such file"):
        read_recipients(tmp_path / "people.csv", TODAY)


# --- giving ---


def test_each_person_gets_a_record_and_a_link(desk: Desk) -> None:
    links = desk.give(training="run")
    by_link = {desk.site.absolute(award.url): award for award in desk.awards}
    assert len(by_link) == 2
    told = {row["email"]: by_link[row["link"]] for row in rows(links)}
    sita, ram = told["sita@example.org"], told["ram@example.org"]
    assert (sita.name, sita.consent) == ("Sita Rai", dt.date(2026, 1, 9))
    assert (ram.name, ram.consent) == (None, None)
    assert sita.is_given_to(" SITA@example.org")
    assert not sita.is_given_to("ram@example.org")
    assert (sita.date, sita.expires) == (dt.date(2026, 1, 12), dt.date(2028, 1, 12))
    assert sita.event
    assert sita.event.text == "run"
    assert len({sita.id, ram.id, sita.salt, ram.salt}) == 4
    assert links.parent == desk.table.parent


def test_the_project_learns_no_address_and_no_name_without_consent(desk: Desk) -> None:
    desk.give()
    written = b"\n".join(bytes_of(desk.root).values())
    assert b"Sita Rai" in written
    assert not re.search(rb"sita@|ram@|Ram Rai", written, re.IGNORECASE)


def test_a_training_that_was_held_once_names_its_run(desk: Desk) -> None:
    desk.give(training="course")
    assert {award.event.text for award in desk.awards if award.event} == {"run"}


WRONG: dict[str, tuple[Callable[[Desk], object], str]] = {
    "unknown credential": (
        lambda desk: desk.give("social-dialog"),
        "credentials: 'social-dialog' is not one of the published credentials\n  Did you mean Social dialogue?",
    ),
    "a day to come": (lambda desk: desk.give(day=dt.date(2026, 1, 16)), "--date: 2026-01-16 has not come yet"),
    "before the end": (
        lambda desk: desk.give(day=dt.date(2026, 1, 9), training="run"),
        "--date: 2026-01-09 is before the end of 'An event' (2026-01-10)",
    ),
    "another training": (
        lambda desk: desk.give(training="other-1"),
        "--training: 'other-1' is a run of another training than that of 'social-dialogue'",
    ),
    "several runs": (
        lambda desk: desk.give(training="other"),
        "--training: 'other' has 2 dated runs\n  Name one: other-2, other-1.",
    ),
    "no run": (lambda desk: desk.give(training="never-held"), "--training: 'never-held' has no dated runs"),
    "unknown event": (lambda desk: desk.give(training="rum"), "events: 'rum' is not one of the published events"),
    "no address": (lambda desk: desk.without_address().give(), "mkdocs.yml: site_url: is missing"),
    "two at once": (
        lambda desk: desk.give("social-dialog", dt.date(2027, 1, 1)),
        "--date: 2027-01-01 has not come yet\n  Credentials are given for what is done.\ncredentials: 'social-dialog'",
    ),
}


@pytest.mark.parametrize(("attempt", "said"), WRONG.values(), ids=WRONG)
def test_with_a_mistake_nothing_is_written(desk: Desk, attempt: Callable[[Desk], object], said: str) -> None:
    before = bytes_of(desk.root.parent)
    with pytest.raises(ContentError) as error:
        attempt(desk)
    assert said in str(error.value)
    assert bytes_of(desk.root.parent) == before


def test_what_was_withdrawn_is_no_longer_given(desk: Desk) -> None:
    desk.give()
    withdrawn = CREDENTIAL.replace("valid_for", "status: withdrawn\nvalid_for")
    write(desk.root, {"content/credentials/social-dialogue.md": withdrawn})
    with pytest.raises(ContentError, match="'social-dialogue' has been withdrawn"):
        desk.give(day=dt.date(2026, 1, 13))
    (badge,) = (each for each in documents(desk.library).values() if each["type"] == "BadgeClass")
    assert "image" not in badge, "what was given before can still be checked, without a picture that is gone"


def test_one_wrong_row_keeps_all_others_back(desk: Desk) -> None:
    desk.table.write_text(f"{TABLE}Third,third,no\n", "utf-8")
    before = bytes_of(desk.root.parent)
    with pytest.raises(ContentError, match=r"people.csv:4: email: 'third' is not an e-mail address"):
        desk.give()
    assert bytes_of(desk.root.parent) == before


def test_nobody_is_given_the_same_twice(desk: Desk) -> None:
    desk.give()
    desk.table.write_text("name,email,consent\nS,SITA@example.org,no\nNew,new@example.org,no\n", "utf-8")
    before = bytes_of(desk.root.parent)
    with pytest.raises(
        ContentError, match=r"people.csv:2: email: 'sita@example.org' has been given it on 2026-01-12"
    ) as error:
        desk.give(day=dt.date(2026, 1, 13))
    assert len(error.value.problems) == 1
    assert bytes_of(desk.root.parent) == before


def test_what_was_revoked_may_be_given_anew(desk: Desk) -> None:
    desk.give()
    (award,) = (each for each in desk.awards if each.name)
    desk.revoke(award.id, "Wrong day.")
    desk.table.write_text("name,email,consent\nSita Rai,sita@example.org,no\n", "utf-8")
    desk.give(day=dt.date(2026, 1, 13))
    assert sum(each.is_given_to("sita@example.org") for each in desk.awards) == 1


def test_what_has_expired_may_be_given_anew(desk: Desk) -> None:
    desk.give(day=dt.date(2023, 1, 12))
    desk.give(day=dt.date(2026, 1, 12))
    assert len(desk.awards) == 4


def test_a_table_inside_the_project_is_refused(desk: Desk) -> None:
    desk.table = desk.root / "private" / "people.csv"
    desk.table.parent.mkdir()
    desk.table.write_text(TABLE, "utf-8")
    with pytest.raises(ContentError, match="lies inside the project's folder"):
        desk.give()
    outside = desk.root.parent / "link.csv"
    outside.symlink_to(desk.table)
    desk.table = outside
    with pytest.raises(ContentError, match="lies inside the project's folder"):
        desk.give()
    assert desk.awards == ()


def test_a_disk_that_refuses_leaves_nothing_behind(desk: Desk) -> None:
    (desk.root / "content/awards").write_text("in the way", "utf-8")
    before = bytes_of(desk.root.parent)
    with pytest.raises(ContentError, match="cannot be written"):
        desk.give()
    assert bytes_of(desk.root.parent) == before


def test_the_links_of_an_earlier_run_are_not_overwritten(desk: Desk) -> None:
    links = desk.give()
    before = bytes_of(desk.root.parent)
    desk.table.write_text("name,email,consent\nNew,new@example.org,no\n", "utf-8")
    with pytest.raises(ContentError, match="move it away"):
        desk.give()
    assert bytes_of(desk.root.parent) == {**before, "people.csv": desk.table.read_bytes()}
    assert links.is_file()


# --- taking back ---


def test_a_revoked_award_keeps_its_address_and_loses_its_owner(desk: Desk) -> None:
    links = desk.give()
    desk.revoke(rows(links)[0]["link"], "Given to the wrong\n person.")
    (award,) = (each for each in desk.awards if each.revoked)
    assert award.url in rows(links)[0]["link"]
    assert (award.revoked, award.reason) == (TODAY, "Given to the wrong person.")
    assert (award.name, award.consent, award.recipient, award.salt) == (None, None, None, None)
    assert award.state(TODAY) == "revoked"


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [
        ("f" * 32, "Why", "is not the id of an award"),
        ("", "", "is not the id of an award"),
        ("first", " ", "--reason: is missing"),
        ("revoked", "Again", "was revoked on 2026-01-15 already"),
    ],
)
def test_what_cannot_be_revoked(desk: Desk, name: str, reason: str, said: str) -> None:
    desk.give()
    first, second = (award.id for award in desk.awards)
    desk.revoke(second, "Wrong.")
    before = bytes_of(desk.root)
    with pytest.raises(ContentError, match=said):
        desk.revoke({"first": first, "revoked": second}.get(name, name), reason)
    assert bytes_of(desk.root) == before


# --- the records ---


def test_every_changed_byte_is_noticed(desk: Desk) -> None:
    desk.give(training="run")
    award = next(award for award in desk.awards if award.name)
    path = desk.root / award.path
    sound, noticed = path.read_bytes(), 0
    for place, byte in enumerate(sound):
        other = b"1" if byte != ord("1") else b"2"
        path.write_bytes(sound[:place] + other + sound[place + 1 :])
        awards, problems = read_awards(desk.root)
        noticed += bool(problems)
        # A digit in place of a space or quotation mark would only be another way of writing the same.
        assert problems or award in [each for each, _ in awards]
    assert noticed > 0.9 * len(sound)


def test_check_says_what_was_changed(desk: Desk) -> None:
    desk.give()
    award = next(award for award in desk.awards if award.name)
    desk.change(award, "Sita Rai", "Gita Rai")
    done = chautari("check", desk.root)
    assert done.returncode == 1
    assert re.search(rf"{award.path}:\d+: digest: does not match: the record was changed", done.stdout)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"credential": "gone"}, "credential: 'gone' is not one of the credentials"),
        ({"event": "gone"}, "event: 'gone' is not one of the events"),
        ({"name": "Sita"}, "name: is shown only with the day of consent"),
        ({"reason": "R"}, "revoked: and `reason` belong together"),
        ({"revoked": "2026-01-01", "reason": "R"}, "revoked: leaves nothing that points to a person"),
        ({"recipient": "sita@example.org"}, "recipient: 'sita@example.org' is not right"),
        ({"email": "sita@example.org"}, "email: is not a field here"),
    ],
)
def test_records_that_are_not_sound(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    record = {
        "id": "a" * 32,
        "credential": "social-dialogue",
        "date": "2026-01-10",
        "recipient": identity("a@example.org", "0" * 32),
        "salt": "0" * 32,
    } | changes
    text = yaml.safe_dump({**record, "digest": digest_of(record)}, sort_keys=False)
    root = make_hub(tmp_path, {**FILES, f"content/awards/{'a' * 32}.yml": text})
    with pytest.raises(ContentError) as error:
        load(root, collections(), make_site())
    assert said in str(error.value)


def test_a_credential_that_was_awarded_stays_on_the_site(desk: Desk) -> None:
    desk.give()
    draft = CREDENTIAL.replace("valid_for", "status: draft\nvalid_for")
    write(desk.root, {"content/credentials/social-dialogue.md": draft})
    with pytest.raises(ContentError, match=r"content/credentials/social-dialogue.md is not published"):
        load(desk.root, collections(), make_site())


def test_a_file_of_another_name_and_a_stranger_among_the_awards(desk: Desk) -> None:
    desk.give()
    first = desk.awards[0]
    (desk.root / first.path).rename(desk.root / "content/awards" / f"{'0' * 32}.yml")
    write(desk.root, {"content/awards/people.csv": TABLE})
    with pytest.raises(ContentError) as error:
        load(desk.root, collections(), make_site())
    assert f"content/awards/{'0' * 32}.yml:1: id: is not the file's name" in str(error.value)
    assert "content/awards/people.csv: is no award" in str(error.value)


@pytest.mark.parametrize("name", ["NO", "12:30", "O'Brien: a, b # c", "সীতা রায়", '"', "- x", "null", "क्‍ष"])
def test_a_name_comes_back_as_it_was_given(tmp_path: Path, name: str) -> None:
    salt = "0" * 32
    award = sealed(
        {
            "id": "a" * 32,
            "credential": "c",
            "date": "2026-01-10",
            "recipient": identity("a@example.org", salt),
            "salt": salt,
            "name": name,
            "consent": "2026-01-09",
        }
    )
    write(tmp_path, {award.path: as_yaml(award)})
    awards, problems = read_awards(tmp_path)
    assert problems == []
    assert [each for each, _ in awards] == [award]


def test_an_identity_is_that_of_the_standard() -> None:
    # Open Badges 2.0, IdentityHash: the digest of the address with the salt behind it, here of "ab".
    assert identity(" A", "b") == "sha256$fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603"


# --- what machines read ---


def documents(library: Library) -> dict[str, dict[str, Any]]:
    site = make_site()
    return {site.absolute(each.url): json.loads(each.content()) for each in artifacts(library, site, NO_TEXTS)}


def test_every_document_has_its_own_address_as_its_id(desk: Desk) -> None:
    desk.give()
    found = documents(desk.library)
    assert {address: document["id"] for address, document in found.items()} == dict(zip(found, found, strict=True))
    assert sorted(document["type"] for document in found.values() if isinstance(document["type"], str)) == [
        "Assertion",
        "Assertion",
        "BadgeClass",
        "Issuer",
    ]


def test_from_an_assertion_to_its_issuer(desk: Desk) -> None:
    desk.give()
    found = documents(desk.library)
    award = next(award for award in desk.awards if award.name)
    assertion = found[desk.site.absolute(award.data_url)]
    assert assertion["@context"] == "https://w3id.org/openbadges/v2"
    assert assertion["verification"] == {"type": "hosted"}
    assert assertion["recipient"] == {
        "type": "email",
        "hashed": True,
        "salt": award.salt,
        "identity": identity("sita@example.org", str(award.salt)),
    }
    assert assertion["issuedOn"] == "2026-01-12T00:00:00+00:00"
    assert assertion["expires"] == "2028-01-13T00:00:00+00:00", "it holds on its last day"
    badge = found[assertion["badge"]]
    assert (badge["name"], badge["criteria"]["narrative"]) == ("Social dialogue", "E")
    assert badge["image"] == "https://hub.example.org/sub/credentials/b.svg"
    issuer = found[badge["issuer"]]
    assert (issuer["name"], issuer["url"]) == ("A partner", "https://hub.example.org/sub/partners/p/")


def test_a_revoked_assertion_says_only_that_it_is(desk: Desk) -> None:
    desk.give()
    award = next(award for award in desk.awards if award.name)
    desk.revoke(award.id, "Wrong.")
    assertion = documents(desk.library)[desk.site.absolute(award.data_url)]
    assert (assertion["revoked"], assertion["revocationReason"]) == (True, "Wrong.")
    assert "Sita" not in json.dumps(assertion)
    assert "recipient" not in assertion


def test_the_achievement_of_the_later_version(desk: Desk) -> None:
    (achievement,) = (each for each in documents(desk.library).values() if each["type"] == ["Achievement"])
    assert achievement["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert achievement["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.")
    assert achievement["criteria"]["narrative"] == "E"
    assert achievement["creator"]["type"] == ["Profile"]
    assert achievement["image"]["type"] == "Image"
    assert "alignment" not in achievement, "a skill without an address is in no framework"


# --- pages ---

VALID, OPEN, REVOKED, EXPIRED = ("credentials/awards/" + sign * 32 + "/" for sign in "abcd")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (VALID, "This award is valid. It holds until 10 January 2028."),
        (OPEN, "This award is valid."),
        (REVOKED, "This award has been revoked. It has not been valid since 12 January 2026."),
        (EXPIRED, "This award has expired. It was valid until 28 February 2022."),
    ],
)
def test_a_page_says_whether_the_award_holds(built: Path, address: str, said: str) -> None:
    (main,) = page(built, address).xpath("//main")
    assert said in text_of(main)
    assert bool(main.xpath(".//article")) == (address in (VALID, OPEN)), "only what holds has a certificate"
    assert ("Sita Rai" in text_of(main)) == (address == VALID)
    assert ("Reason: Given to the wrong person." in text_of(main)) == (address == REVOKED)


def test_whoever_was_not_given_the_address_finds_no_award(built: Path) -> None:
    for name, content in bytes_of(built / "site").items():
        if not name.startswith("credentials/awards/"):
            assert b"Sita Rai" not in content, name
            assert VALID.encode() not in content, name
    for address in (VALID, OPEN, REVOKED, EXPIRED):
        head = page(built, address)
        assert head.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert not head.xpath(
            "//*[@data-pagefind-body] | //link[@rel='canonical'] | //meta[starts-with(@property, 'og:')]"
        )


def test_the_certificate_bears_its_address_as_text_and_code(built: Path) -> None:
    (check,) = page(built, VALID).xpath("//*[contains(@class, 'hub-certificate__check')]")
    assert f"https://hub.example.org/sub/{VALID}" in text_of(check)
    assert check.xpath(".//*[local-name()='svg']/*[local-name()='path']")


def test_the_credential_leads_to_the_check_and_to_its_data(built: Path) -> None:
    links = page(built, "credentials/complete/").xpath("//main//a/@href")
    for target in ("../../credentials/verify/", "../../credentials/complete/badge.json"):
        assert target in links
        assert (built / "site/credentials/complete" / target).exists()


# --- the command ---


def test_award_and_revoke_on_the_command_line(desk: Desk) -> None:
    day = "2026-01-12"
    done = chautari("award", "social-dialogue", desk.table, "--date", day, "--root", desk.root)
    assert (done.returncode, done.stderr) == (0, "")
    links = desk.table.with_name(f"people-links-{day}.csv")
    assert str(links) in done.stdout
    link = rows(links)[0]["link"]
    assert link.startswith("https://hub.example.org/sub/credentials/awards/")
    done = chautari("award", "--revoke", link, "--reason", "Wrong.", "--root", desk.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert [bool(award.revoked) for award in desk.awards].count(True) == 1
    assert chautari("check", desk.root).returncode == 0


@pytest.mark.parametrize(
    "arguments", [(), ("complete",), ("complete", "x.csv"), ("complete", "x.csv", "--date", "soon")]
)
def test_a_command_that_is_not_whole(arguments: tuple[str, ...]) -> None:
    done = chautari("award", *arguments, "--root", SITE)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_problems_end_the_command_with_one(desk: Desk) -> None:
    done = chautari("award", "social-dialog", desk.table, "--date", "2026-01-12", "--root", desk.root)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "1 problem found."


@pytest.mark.parametrize(
    ("text", "environment", "address"),
    [
        ("site_url: https://a.org/", {}, "https://a.org/"),
        ("site_url: !ENV [SITE_URL, 'https://a.org/']", {}, "https://a.org/"),
        ("site_url: !ENV [SITE_URL, 'https://a.org/']", {"SITE_URL": "https://b.org/"}, "https://b.org/"),
        ("site_name: A", {}, ""),
        ("", {}, ""),
    ],
)
def test_the_address_of_the_site(tmp_path: Path, text: str, environment: dict[str, str], address: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert read_address(tmp_path / "mkdocs.yml", environment) == address


def test_records_are_read_in_the_same_order(desk: Desk) -> None:
    desk.give()
    assert all(one.id < other.id for one, other in pairwise(desk.awards))
