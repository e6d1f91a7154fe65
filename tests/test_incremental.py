"""What is built from the cache, whole or in place, is what is built from nothing: byte for byte, problems too."""

import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from chautari.awards import as_yaml, read_awards, sealed
from chautari.content import collections
from chautari.fingerprints import Fingerprints
from chautari.issuing import revoke
from chautari.loading import load
from chautari.site import Site
from chautari.views import listings
from tests.build import MOMENT, ROOT, bytes_of, copy_of_the_test_hub
from tests.hub import NOW, event, partner, post, training
from tests.photographs import photograph

ACRONYMS = "content/vocabularies/acronyms.yml"
OLDER, COMPLETE = "content/posts/2018/older.md", "content/posts/2025/complete.md"
ALIAS = "2014/05/old-name.html"
EVENT = "content/events/complete.md"
STANDING = [f"{name}/index.html" for name in ("about", "subscribe", "search")]
ASSETS = re.compile("assets/.*")
A_YEAR = 366 * 24 * 3_600


class Records(logging.Handler):
    """Keeps what a build says of mistakes."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def build(root: Path, folder: Path, dirty: bool = False, preview: bool = False) -> list[str]:
    """A build in this process, as the command or a preview makes it; the mistakes that it named."""
    records = Records()
    logging.getLogger("mkdocs").addHandler(records)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder))
        config.plugins.on_startup(command="serve" if preview else "build", dirty=dirty)
        mkdocs_build(config, serve_url=config.site_url if preview else None, dirty=dirty)
    except Abort:
        pass
    finally:
        logging.getLogger("mkdocs").removeHandler(records)
    return sorted(records.said)


class Hub:
    """A hub that is built after each edit: in place, whole from the cache, and from nothing."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "hub"
        self.place, self.whole, self.fresh = folder / "place", folder / "whole", folder / "fresh"

    def make(self) -> None:
        """Writes the hub, and builds it for the first time."""
        copy_of_the_test_hub(self.root)
        shutil.copytree(ROOT / "overrides", self.root / "overrides")
        config = self.root / "mkdocs.yml"
        config.write_text(config.read_text("utf-8").replace(f"{ROOT}/overrides", "overrides"), "utf-8")
        build(self.root, self.place)
        build(self.root, self.whole)

    def compare(self) -> None:
        """Builds in all three ways and compares."""
        before = bytes_of(self.place)
        in_place = build(self.root, self.place, dirty=True)
        whole = build(self.root, self.whole)
        with from_nothing(self):
            said = build(self.root, self.fresh)
        assert in_place == said
        assert whole == said
        if said:
            assert differences(bytes_of(self.place), before) == [], "a refused build touches nothing"
        else:
            expected = bytes_of(self.fresh)
            assert differences(bytes_of(self.place), expected) == []
            assert differences(bytes_of(self.whole), expected) == []

    def change(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, name
        path.write_text(text.replace(old, new), "utf-8")

    def add(self, name: str, text: str) -> None:
        """Puts a paragraph below a text."""
        self.write(name, f"{(self.root / name).read_text('utf-8')}\n{text}")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)


@contextmanager
def from_nothing(hub: Hub) -> Iterator[None]:
    """A hub without output and cache."""
    shutil.rmtree(hub.fresh, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAUTARI_CACHE", "0")
        yield


def differences(found: dict[str, bytes], expected: dict[str, bytes]) -> list[str]:
    """The names of files that are missing, left over, or other than they should be."""
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a hub that has been built, and another one that keeps it as it was."""
    folder, kept = tmp_path_factory.mktemp("hub"), tmp_path_factory.mktemp("kept") / "hub"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", MOMENT)
        Hub(folder).make()
    folder.rename(kept)
    return folder, kept


@pytest.fixture
def hub(built_once: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Hub:
    """At the same place for each test, because the cache knows what it has written by place and time."""
    folder, kept = built_once
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept, folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    return Hub(folder)


def next_year(hub: Hub) -> None:
    os.environ["SOURCE_DATE_EPOCH"] = str(int(MOMENT) + A_YEAR)


def without_the_linked_post(hub: Hub) -> None:
    hub.remove(OLDER)
    text = (hub.root / COMPLETE).read_text("utf-8")
    hub.write(COMPLETE, re.sub(r"\[a place elsewhere\]\([^)]*\)", "a place elsewhere", text))
    hub.change("content/trainings/complete.md", "[the post](../posts/2018/older.md)", "the post")


def new_report(hub: Hub) -> None:
    """A line in a cascade: the training's page shows it, its partner's and its country's."""
    line = "  - {date: 2025-09-01, country: Nepal, by: the-union, people: 90}"
    hub.change("content/trainings/complete.md", "cascade:\n", f"cascade:\n{line}\n")


def another_run(hub: Hub) -> None:
    """A second event of one training: the first one's page leads there, by whatever title it has."""
    hub.write("content/events/run.md", event("training: complete", title="Another run", start="2010-01-01"))
    hub.compare()
    hub.change("content/events/run.md", "Another run", "The other run")


def value_of_an_indicator(hub: Hub) -> None:
    """A value comes: the page, its table and its drawing show it. A week later the next one is missed."""
    value = "      - {date: 2025-07-20, value: 61, source: Report}\n"
    hub.change("content/initiatives/complete.md", "  - name: An indicator that", f"{value}  - name: An indicator that")
    hub.compare()
    os.environ["SOURCE_DATE_EPOCH"] = str(int(MOMENT) + 7 * 24 * 3_600)


def post_that_names_the_initiative(hub: Hub) -> None:
    """It stands in the timeline, under the month of its date and with its title."""
    hub.write("content/posts/2025/named.md", post("initiative: complete", title="Named", date="2025-03-20"))
    hub.compare()
    hub.change("content/posts/2025/named.md", "2025-03-20", "2025-04-20")
    hub.compare()
    hub.change("content/posts/2025/named.md", "initiative: complete\n", "")


def organiser_of_a_training(hub: Hub) -> None:
    """A training names who gives it; then the same organisation took it."""
    hub.write("content/trainings/new.md", training("organisers: the-union", title="New"))
    hub.change("content/trainings/new.md", "organisers:", "participants:")


def run_of_a_training(hub: Hub) -> None:
    """A partner's timeline shows a training on the day of its first run, an event that does not name the partner."""
    hub.write("content/trainings/new.md", training("organisers: world", title="New"))
    hub.write("content/events/new.md", event("training: new", start="2024-02-03"))
    hub.change("content/events/new.md", "2024-02-03", "2024-02-04")


def the_day_after(hub: Hub) -> None:
    """A call and a registration close: nothing is edited, only the day is another one."""
    hub.write("content/posts/2026/call.md", post("kind: Call", "deadline: 2026-01-15", date="2026-01-02"))
    hub.write("content/events/soon.md", event("registration: {deadline: 2026-01-15}", title="Soon"))
    hub.compare()
    os.environ["SOURCE_DATE_EPOCH"] = str(int(MOMENT) + 24 * 3_600)


def hour_of_a_change(hub: Hub) -> None:
    """A change comes to pass in the course of the day: nothing but the hour is another one."""
    hub.change(OLDER, "date: 2018-06-01", "date: 2018-06-01\nupdated: 2026-01-15 20:00 Asia/Kathmandu")
    hub.compare()
    os.environ["SOURCE_DATE_EPOCH"] = str(int(MOMENT) + 5 * 3_600)


def newer_edition(hub: Hub) -> None:
    """The page of the edition before says so, by whatever title the new one has."""
    fields = "kind: Manual\nyear: 2020\nurl: https://example.org/new\nreplaces: the-manual"
    hub.write("content/resources/new.md", f"---\ntitle: The newer\n{fields}\n---\n")
    hub.compare()
    hub.change("content/resources/new.md", "The newer", "The newest")


def older_picture(hub: Hub) -> None:
    """Another picture under the same name, with a time before that of the published one, as an archive unpacks it."""
    hub.write("content/credentials/badge.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>")
    os.utime(hub.root / "content/credentials/badge.svg", (1_000_000_000, 1_000_000_000))


def another_picture(hub: Hub) -> None:
    hub.change(COMPLETE, "march.png", "other.png")
    (hub.root / "content/posts/2025/other.png").write_bytes(photograph(300, 200))


def moved_picture(hub: Hub) -> None:
    """Its forms are copies of those that were made at its former place; then it lies at both."""
    beside = (hub.root / COMPLETE).parent
    (beside / "march.png").rename(beside / "walk.png")
    for path in [
        path for path in sorted((hub.root / "content").rglob("*.md")) if "march.png" in path.read_text("utf-8")
    ]:
        path.write_text(path.read_text("utf-8").replace("march.png", "walk.png"), "utf-8")
    hub.compare()
    shutil.copy(beside / "walk.png", beside / "again.png")
    hub.write("content/posts/2025/new.md", post(body="![A](again.png)\n", date="2025-06-01"))


def redrawn_picture(hub: Hub) -> None:
    """A picture in a text gets another size: the page that shows it must say so."""
    hub.write("content/posts/2025/new.md", post(body="![A](new.jpg)\n", date="2025-06-01"))
    (hub.root / "content/posts/2025/new.jpg").write_bytes(photograph(700, 200))
    hub.compare()
    (hub.root / "content/posts/2025/new.jpg").write_bytes(photograph(700, 300))
    hub.compare()
    (hub.root / COMPLETE).with_name("march.png").write_bytes(photograph(700, 300, "PNG"))


def same_size(hub: Hub) -> None:
    (hub.root / COMPLETE).with_name("march.png").write_bytes(photograph(1200, 800, "PNG"))


def revoked_award(hub: Hub) -> None:
    site = Site("Hub", "https://hub.example.org/sub/", NOW)
    library = load(hub.root, collections(), site)
    revoke(hub.root, library, site, library.awards[0].id, "Given too early.")


def renamed_holder(hub: Hub) -> None:
    (award, _), *_ = read_awards(hub.root)[0]
    hub.write(award.path, as_yaml(sealed({**award.record(), "name": "Gita Rai"})))


def another_key(hub: Hub) -> None:
    hub.change("content/vocabularies/regions.yml", "south-asia:", "south-of-asia:")
    countries = (hub.root / "content/vocabularies/countries.yml").read_text("utf-8")
    hub.write("content/vocabularies/countries.yml", countries.replace("south-asia", "south-of-asia"))


def acronym_of_a_partner(hub: Hub) -> None:
    """A word in a text becomes a partner's acronym, and is no longer one."""
    hub.write("content/posts/2025/new.md", post(body="The UNI met the UNO.\n", date="2025-06-01"))
    hub.compare()
    hub.change("content/partners/the-union.md", "kind:", "acronym: UNI\nkind:")
    hub.compare()
    assert "partners/the-union/" in (hub.place / "2025/06/new.html").read_text("utf-8").partition("<abbr")[0]
    hub.change("content/partners/the-union.md", "acronym: UNI", "acronym: UNO")


def texts_of_two_posts(hub: Hub) -> None:
    hub.add(COMPLETE, "More.\n")
    hub.add(OLDER, "More.\n")


def text_and_title(hub: Hub) -> None:
    hub.add(OLDER, "More.\n")
    hub.change(OLDER, "Health & Safety", "Safety")


EDITS: dict[str, Callable[[Hub], object]] = {
    "nothing": lambda hub: None,
    "body": lambda hub: hub.change(OLDER, "It names", "It still names"),
    "second paragraph": lambda hub: hub.change(OLDER, "A second paragraph", "The second paragraph"),
    "heading": lambda hub: hub.add(OLDER, "## A new place\n"),
    "heading added": lambda hub: hub.add(OLDER, "## What came before\n"),
    "link to another site": lambda hub: hub.add(OLDER, "See <https://example.org/new>.\n"),
    "link to a heading": lambda hub: hub.add(COMPLETE, "[Before](../2018/older.md#what-came-before)\n"),
    "link to a heading that is not there": lambda hub: hub.add(COMPLETE, "[Before](../2018/older.md#never)\n"),
    "address of nothing": lambda hub: hub.add(COMPLETE, "[Nowhere](/never/)\n"),
    "document in a text": lambda hub: hub.add(COMPLETE, "[Manual](../../resources/manual.pdf)\n"),
    "texts of two posts": texts_of_two_posts,
    "text of a training": lambda hub: hub.add("content/trainings/complete.md", "More.\n"),
    "text of a draft": lambda hub: hub.add("content/posts/2025/draft.md", "More.\n"),
    "text and title": text_and_title,
    "title that neighbours show": lambda hub: hub.change(OLDER, "Health & Safety", "Safety & Health"),
    "labels": lambda hub: hub.change(OLDER, "Minimum wage", "Gender equality"),
    "address": lambda hub: hub.change(OLDER, "date: 2018-06-01", "date: 2018-07-01"),
    "teaser": lambda hub: hub.change(OLDER, "A text without", "Another text without"),
    "title in the menu": lambda hub: hub.change("docs/about.md", "title: About", "title: About us"),
    "words above a list": lambda hub: hub.change("docs/index.md", "Words of", "Other words of"),
    "deleted post": lambda hub: hub.remove("content/posts/2025/expired.md"),
    "deleted post that was linked": without_the_linked_post,
    "broken link": lambda hub: hub.remove(OLDER),
    "missing anchor": lambda hub: hub.change(COMPLETE, "#what-came-before", "#what-came-after"),
    "heading removed from a linked post": lambda hub: hub.change(OLDER, "# What came before\n", ""),
    "new post": lambda hub: hub.write("content/posts/2025/new.md", post("countries: Nepal", date="2025-06-01")),
    "first post of a pair": lambda hub: hub.change(OLDER, "Minimum wage", "Informal economy"),
    "reading time": lambda hub: hub.change(OLDER, "A second paragraph", "word " * 400 + "A second paragraph"),
    "neighbour in time": lambda hub: hub.write("content/posts/2025/between.md", post(date="2024-01-01")),
    "new translation": lambda hub: hub.write("content/posts/2018/older.bn.md", post(title="পুরনো", date="2018-06-01")),
    "title of a translation": lambda hub: hub.change("content/posts/2025/complete.bn.md", "title: সব", "title: প্রায় সব"),
    "day of the last change": lambda hub: hub.change(COMPLETE, "updated: 2025-03-06", "updated: 2025-03-08"),
    "new standing page": lambda hub: hub.write("docs/new.md", "# New\n"),
    "touch": lambda hub: os.utime(hub.root / OLDER),
    "term renamed": lambda hub: hub.change("content/vocabularies/themes.yml", "en: Decent work", "en: Good work"),
    "description of a term": lambda hub: hub.change("content/vocabularies/themes.yml", "freedom", "liberty"),
    "alias of a term": lambda hub: hub.change(
        "content/vocabularies/countries.yml", "{code: BD,", "{code: BD, aliases: [Sonar Bangla],"
    ),
    "other name of a term": lambda hub: hub.change(
        "content/vocabularies/themes.yml", "[capacity building]", "[skills]"
    ),
    "name of a term in another language": lambda hub: hub.change("content/vocabularies/themes.yml", "শোভন কাজ", "কাজ"),
    "other name of a term elsewhere": lambda hub: hub.change(
        "content/vocabularies/themes.yml", "example.org/decent-work", "example.org/good-work"
    ),
    "days of a training's run": lambda hub: hub.change(
        "content/events/complete.md", "end: 2026-05-03", "end: 2026-05-04"
    ),
    "size of a material": lambda hub: hub.write("content/trainings/workbook.pdf", "%PDF-1.4 A longer workbook"),
    "size of a resource that a training teaches with": lambda hub: hub.write(
        "content/resources/manual.pdf", "%PDF-1.4 longer"
    ),
    "title two steps further on a path": lambda hub: hub.change("content/trainings/advanced.md", "The adv", "More adv"),
    "new step of a path": lambda hub: hub.write(
        "content/trainings/new.md", training("prerequisites: advanced", title="The last")
    ),
    "path cut in two": lambda hub: hub.change("content/trainings/complete.md", "follow_up: [advanced]\n", ""),
    "what to bring to a session": lambda hub: hub.change("content/trainings/complete.md", "[Flip chart]", "[Chalk]"),
    "run that is over": lambda hub: hub.change("content/events/complete.md", "2026-0", "2025-0"),
    "acronym of the vocabulary": lambda hub: hub.change(ACRONYMS, "Social protection floor", "Basic protection"),
    "new acronym": lambda hub: hub.change(ACRONYMS, "SPF:", "NEW: {name: What is new}\nSPF:"),
    "acronym taken out": lambda hub: hub.change(ACRONYMS, "SPF:", "SPG:"),
    "long form in another language": lambda hub: hub.change(ACRONYMS, "সামাজিক", "সমাজ"),
    "second meaning of an acronym": lambda hub: hub.change(
        ACRONYMS, "FTA:", "FED: [{name: Federation, partner: federation}, {name: Federal education}]\nFTA:"
    ),
    "acronym of a partner": acronym_of_a_partner,
    "partner renamed": lambda hub: hub.change(
        "content/partners/the-union.md", "name: The Union", "name: The New Union"
    ),
    "partner withdrawn": lambda hub: hub.change(
        "content/partners/world.md", "kind: NGO", "kind: NGO\nstatus: withdrawn"
    ),
    "draft published": lambda hub: hub.change("content/posts/2025/draft.md", "status: draft", "status: published"),
    "parent of a partner": lambda hub: hub.change("content/partners/federation.md", "parent: world\n", ""),
    "name two steps above a partner": lambda hub: hub.change(
        "content/partners/world.md", "World Conf", "World-wide Conf"
    ),
    "successor of a partner": lambda hub: hub.change("content/partners/federation.md", "successor: the-union\n", ""),
    "acronym for a partner": lambda hub: hub.change("content/partners/world.md", "kind: NGO", "kind: NGO\nacronym: WC"),
    "training that a partner gives": organiser_of_a_training,
    "day of a training that a partner gives": run_of_a_training,
    "new partner": lambda hub: hub.write("content/partners/new.md", partner(name="New")),
    "alias": lambda hub: hub.change(OLDER, "countries:", "aliases: /2014/01/old.html\ncountries:"),
    "event moved": lambda hub: hub.change(EVENT, "start: 2026-05-01 10:00", "start: 2026-05-02 10:00"),
    "event cancelled": lambda hub: hub.change(EVENT, "state: rescheduled", "state: cancelled"),
    "event of another year": lambda hub: hub.change(EVENT, "end: 2026-05-03", "end: 2027-05-03"),
    "last event of a label": lambda hub: hub.change(EVENT, "state: rescheduled", "status: withdrawn"),
    "country of an event": lambda hub: hub.change(EVENT, "countries: Bangladesh", "countries: Nepal"),
    "event of no training": lambda hub: hub.change(EVENT, "training: complete\n", ""),
    "mailbox of an organiser": lambda hub: hub.change("content/partners/federation.md", "office@", "desk@"),
    "picture": lambda hub: hub.write("content/credentials/badge.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "name of a place's country": lambda hub: hub.change(
        "content/vocabularies/countries.yml",
        "bangladesh: {code: BD,",
        "bangladesh: {code: BD, name: {en: Bangla Desh},",
    ),
    "key of a region": another_key,
    "award revoked": revoked_award,
    "name in an award": renamed_holder,
    "award taken away": lambda hub: hub.remove(f"content/awards/{32 * 'a'}.yml"),
    "award changed by hand": lambda hub: hub.change(f"content/awards/{32 * 'a'}.yml", "Sita", "Gita"),
    "badge of an award": lambda hub: hub.change(
        "content/credentials/complete.md", "What it certifies", "What it proves"
    ),
    "picture of an older time": older_picture,
    "another picture": another_picture,
    "picture that moved": moved_picture,
    "picture of another size": redrawn_picture,
    "picture of the same size": same_size,
    "document of the same size": lambda hub: hub.write("content/resources/manual.pdf", "%PDF-1.4 TEST\n"),
    "newer edition of a resource": newer_edition,
    "document of another size": lambda hub: hub.write("content/trainings/workbook.pdf", "%PDF, a longer one"),
    "withdrawn translation": lambda hub: hub.change(
        "content/posts/2025/complete.bn.md", "title: সব", "status: withdrawn\ntitle: সব"
    ),
    "template of a standing page": lambda hub: hub.change(
        "docs/about.md", "title: About", "title: About\ntemplate: 404.html"
    ),
    "link in a field": lambda hub: hub.change(OLDER, "date: 2018-06-01", "date: 2018-08-01"),
    "template": lambda hub: hub.change("overrides/entries/posts.html", "{% block", "{# changed #}<!-- x -->{% block"),
    "partial": lambda hub: hub.change("overrides/partials/footer.html", "<footer", "<footer data-x"),
    "stylesheet": lambda hub: hub.change("overrides/assets/hub.css", "{", " {"),
    "settings": lambda hub: hub.change("mkdocs.yml", "timezone: Asia/Kathmandu", "licence: CC0-1.0"),
    "name of the site": lambda hub: hub.change("mkdocs.yml", "site_name: Test hub", "site_name: Best hub"),
    "extensions": lambda hub: hub.change("mkdocs.yml", "footnotes, ", ""),
    "borders on the map": lambda hub: hub.change("mkdocs.yml", "  hub:\n", "  hub:\n    map: {outlines: true}\n"),
    "clocks": lambda hub: hub.change("mkdocs.yml", "name: Delhi", "name: New Delhi"),
    "another run of a training": another_run,
    "value of an indicator": value_of_an_indicator,
    "post that names the initiative": post_that_names_the_initiative,
    "report in a cascade": new_report,
    "day on which a call closes": the_day_after,
    "hour of a change": hour_of_a_change,
    "date": next_year,
}


@pytest.mark.parametrize("edit", EDITS, ids=lambda name: name.replace(" ", "-"))
def test_after_each_kind_of_edit(hub: Hub, edit: str) -> None:
    EDITS[edit](hub)
    hub.compare()


@pytest.mark.parametrize("in_place", [True, False])
def test_after_an_edit_of_a_text_nothing_else_is_looked_at(
    hub: Hub, in_place: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hub.place if in_place else hub.whole
    looked_at: list[Any] = []
    monkeypatch.setattr(Fingerprints, "of_page", seen(Fingerprints.of_page, looked_at))
    monkeypatch.setattr("chautari.hub.listings", seen(listings, looked_at))
    hub.add(OLDER, "More.\n")
    build(hub.root, folder, dirty=in_place)
    (only,) = looked_at
    assert only.path == OLDER
    hub.add(OLDER, "## A heading, to which others may link\n")
    build(hub.root, folder, dirty=in_place)
    assert len(looked_at) > 10


def seen(function: Callable[..., Any], looked_at: list[Any]) -> Callable[..., Any]:
    """A function that notes what it is asked about."""

    def noting(*asked: Any) -> Any:
        looked_at.append(asked[1])
        return function(*asked)

    return noting


# In the order of a morning's work: those after which the library stays, and those after which it is read anew.
SAVED = {
    "body": True,
    "heading removed from a linked post": True,
    "heading added": True,
    "link to another site": True,
    "text of a training": True,
    "teaser": True,
    "document in a text": False,
    "size of a material": False,
    "description of a term": False,
}


def test_a_preview_after_each_save(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (hub.root / "content").rglob("*.*"):
        os.utime(path, (1, 1))  # files that are a moment old are read again in any case
    monkeypatch.setenv("CHAUTARI_SEARCH", "0")  # a preview makes its index behind
    preview = tmp_path / "preview"
    loaded: list[Any] = []
    monkeypatch.setattr("chautari.reopening.load", seen(load, loaded))
    build(hub.root, preview, preview=True)
    for edit, stays in SAVED.items():
        EDITS[edit](hub)
        loaded.clear()
        said = build(hub.root, preview, preview=True)
        assert (edit, bool(loaded)) == (edit, not stays)
        with from_nothing(hub):
            assert (edit, said) == (edit, build(hub.root, hub.fresh, preview=True))
        if not said:
            assert (edit, differences(bytes_of(preview), bytes_of(hub.fresh))) == (edit, [])


def test_a_mistake_is_said_each_time_and_mended_at_once(hub: Hub) -> None:
    hub.change(COMPLETE, "#what-came-before", "#what-came-after")
    assert build(hub.root, hub.place, dirty=True) == build(hub.root, hub.place, dirty=True) != []
    hub.change(COMPLETE, "#what-came-after", "#what-came-before")
    hub.compare()


@pytest.mark.parametrize("in_place", [True, False])
def test_after_one_edit_only_what_shows_it_is_written(hub: Hub, in_place: bool) -> None:
    folder = hub.place if in_place else hub.whole
    before = {name: (folder / name).stat().st_mtime_ns for name in bytes_of(folder)}
    time.sleep(0.02)
    hub.change(OLDER, "A second paragraph", "The second paragraph")
    build(hub.root, folder, dirty=in_place)
    after = {name: (folder / name).stat().st_mtime_ns for name in bytes_of(folder)}
    written = {name for name in after if after[name] != before.get(name)}
    labels = ("", "posts/", "countries/bangladesh/", "countries/bangladesh/decent-work/",
              "countries/bangladesh/minimum-wage/", "regions/south-asia/", "regions/asia/", "themes/decent-work/",
              "themes/minimum-wage/")  # fmt: skip
    feeds = {f"{label}{name}" for label in labels for name in ("feed.xml", "atom.xml", "feed.json")}
    shown = {"2018/06/older.html", "feed-summary.xml", "rss.xml", "feeds/posts/default"} | feeds
    # MkDocs itself writes the one each time, the others in each whole build.
    always = {"404.html"} if in_place else {"404.html", "index.html", *STANDING, *filter(ASSETS.match, written)}
    assert {name for name in written if not name.startswith("pagefind/")} - always == shown


def test_a_whole_build_takes_away_what_is_not_of_it(hub: Hub) -> None:
    (hub.whole / "not-ours").mkdir()
    (hub.whole / "not-ours/page.html").write_text("")
    (hub.whole / ".nojekyll").write_text("")
    build(hub.root, hub.whole)
    assert not (hub.whole / "not-ours").exists()
    assert (hub.whole / ".nojekyll").exists()


def test_after_an_edit_of_an_acronym_only_pages_that_explain_it_are_written(hub: Hub) -> None:
    before = {name: (hub.place / name).stat().st_mtime_ns for name in bytes_of(hub.place)}
    time.sleep(0.02)
    hub.change(ACRONYMS, "Social protection floor", "Basic social protection")
    build(hub.root, hub.place, dirty=True)
    written = {name for name, when in before.items() if (hub.place / name).stat().st_mtime_ns != when}
    pages = {name for name in written if name.endswith(".html")}
    assert pages - {"404.html"} == {"2025/03/complete.html", "acronyms/index.html"}


def test_after_a_theme_got_another_name_every_post_and_list_that_is_written_shows_it(hub: Hub) -> None:
    for number in range(12):
        hub.write(f"content/posts/2020/p{number}.md", post("countries: Nepal", date=f"2020-01-{number + 1:02}"))
    hub.write("content/posts/2020/p6.md", post("countries: Nepal", "themes: Decent work", date="2020-01-07"))
    build(hub.root, hub.place, dirty=True)
    before = bytes_of(hub.place)
    times = {name: (hub.place / name).stat().st_mtime_ns for name in before}
    time.sleep(0.02)
    EDITS["term renamed"](hub)
    build(hub.root, hub.place, dirty=True)
    after = bytes_of(hub.place)
    written = {name for name, when in times.items() if name in after and (hub.place / name).stat().st_mtime_ns != when}
    lists = ("posts/", "countries/", "themes/", "regions/", "2020/01/index")
    shown = {name for name in written if name.startswith(lists) and name.endswith(".html")}
    posts = {name for name in written if re.match(r"(bn/)?20\d\d/\d\d/[^/]+\.html", name)} - {ALIAS}
    assert {name for name in shown | posts if before[name] == after[name]} == set()
    assert {"2020/01/p6.html", "themes/decent-work/index.html", "countries/nepal/index.html"} <= shown | posts
    assert not {"2020/01/p5.html", "2020/01/p7.html", "2020/index.html"} & written, "of these they show but the title"


def test_a_page_that_somebody_changed_by_hand_is_written_again(hub: Hub) -> None:
    path = hub.place / "2018/06/older.html"
    path.write_text("not ours")
    (hub.place / "themes/decent-work/feed.xml").unlink()
    hub.compare()


def test_a_build_that_was_killed_leaves_no_wrong_page(hub: Hub) -> None:
    hub.change(OLDER, "It names", "It still names")
    # As if the page had been written and the process killed before it could remember that.
    path = hub.place / "2018/06/older.html"
    path.write_text(path.read_text("utf-8").replace("It names", "It still names"), "utf-8")
    hub.change(OLDER, "It still names", "It names")
    hub.compare()


TITLES = st.sampled_from(["One", "Two & more", "<Three>", "চার"])
FIELDS = st.sampled_from(["countries: Nepal", "countries: [Bangladesh, Nepal]", "themes: Minimum wage", "status: draft",
                          "expires: 2025-01-01", "partners: FED", "aliases: /old.html", "pinned: true"])  # fmt: skip
WORDS = {
    "One": "More words.\n",
    "Two & more": "## A heading\n",
    "<Three>": "See <https://example.org/new>, and the SPF.\n",
    "চার": "[Before](../2018/older.md#what-came-before)\n",
}
STEP = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from(["write", "remove", "add", "add", "add"]),
    TITLES,
    st.sets(FIELDS, max_size=3),
)


def take(hub: Hub, slug: str, step: str, title: str, fields: set[str]) -> None:
    """One edit: a post comes, changes, goes, or gets another paragraph."""
    name = f"content/posts/2024/{slug}.md"
    text = post(*sorted(fields), title=f'"{title}"', date="2024-02-03", body=f"{title}, {len(fields)}.\n")
    if step == "remove":
        hub.remove(name)
    elif step == "add" and (hub.root / name).is_file():
        hub.add(name, WORDS[title])
    else:
        hub.write(name, text)
    build(hub.root, hub.place, dirty=True)


# A failing sequence is shown as it is: to look for a shorter one would build thousands of sites.
HURRIED = settings(
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@settings(HURRIED, max_examples=2)
@given(st.lists(STEP, min_size=50, max_size=50))
def test_after_fifty_edits(hub: Hub, steps: list[tuple[str, str, str, set[str]]]) -> None:
    """Posts that name the same field twice are refused, in all three ways alike."""
    for step in steps:
        take(hub, *step)
    hub.compare()


@pytest.mark.slow
@settings(HURRIED, max_examples=3)
@given(st.lists(STEP, min_size=50, max_size=50))
def test_after_fifty_edits_of_a_thousand_posts(hub: Hub, steps: list[tuple[str, str, str, set[str]]]) -> None:
    for number in range(1_000):
        hub.write(
            f"content/posts/2020/p{number}.md", post("countries: Nepal", "themes: Decent work", date="2020-01-01")
        )
    for step in steps:
        take(hub, *step)
    hub.compare()
