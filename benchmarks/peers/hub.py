"""The hub itself: beside the posts it has partners, trainings and events, each with the pages, calendars and packs."""

import random
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import yaml
from slugify import slugify

from benchmarks import words
from benchmarks.corpus import NEWEST, PARTNERS, Pen, Post
from benchmarks.peer import ROOT, Command, Peer, front_matter

_THEMES = "content/vocabularies/themes.yml"


def state(root: Path = ROOT) -> str:
    """A short name of all that builds the hub: a run that it changes in is of no use."""
    files = (path for name in ("hooks", "overrides") for path in sorted((root / name).rglob("*")))
    parts = [(str(path), path.read_bytes()) for path in files if path.is_file() and path.suffix != ".pyc"]
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def dialect(post: Post) -> tuple[str, str]:
    """Themes by their keys, so that one may be renamed in its vocabulary alone."""
    fields = {
        "title": post.title,
        "date": post.date,
        "language": post.language,
        "summary": post.summary,
        "authors": [{"name": post.author, "role": "author"}],
        "countries": list(post.countries),
        "themes": [slugify(theme) for theme in post.themes],
        "partners": [f"partner-{post.partner}"],
    }
    body = post.body.replace("(/images/", "(../images/")
    return f"content/posts/{post.date.year}/{post.slug}.md", front_matter(fields, body)


def furnish(folder: Path, count: int) -> None:
    """The project's settings, standing pages and vocabularies with themes of the corpus, and what is no post."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    for before, name in (("docs_dir: ", "docs"), ("custom_dir: ", "overrides"), ("hooks: [", "hooks/build.py")):
        settings = settings.replace(f"{before}{name}", f"{before}{ROOT}/{name}")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    vocabularies = ROOT / "content/vocabularies"
    for name in ("countries", "regions", "groups", "kinds"):
        target = folder / f"content/vocabularies/{name}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(vocabularies / target.name, target)
    themes = {slugify(theme): {"name": {"en": theme}} for theme in words.THEMES}
    (folder / _THEMES).write_text(yaml.safe_dump(themes, sort_keys=False), "utf-8")
    for name, text in others(count):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def others(count: int) -> Iterator[tuple[str, str]]:
    """Sixty partners; a training and an event for each fifty posts."""
    for number in range(PARTNERS):
        yield f"content/partners/partner-{number}.md", partner(number)
    for number in range(count // 50 + 1):
        yield f"content/trainings/training-{number}.md", training(number)
        yield f"content/events/event-{number}.md", event(number)


def partner(number: int) -> str:
    """An organisation in one of the countries."""
    pen = _pen("partner", number)
    fields = {
        "name": f"{pen.title()} {number}",
        "kind": "Trade union",
        "countries": [words.COUNTRIES[number % 12]],
        "mission": pen.sentence(),
        "website": f"https://example.org/partners/{number}",
    }
    return front_matter(fields, pen.paragraph())


def training(number: int) -> str:
    """Two days with sessions of an hour and a half."""
    pen = _pen("training", number)
    sessions = ([{"title": pen.title(), "minutes": 90, "method": pen.sentence()} for _ in range(3)] for _ in range(2))
    fields = {
        "title": pen.title(),
        "date": NEWEST - timedelta(days=9 * number % 4000),
        "kind": "Course",
        "mode": "in person",
        "objectives": [pen.sentence(), pen.sentence()],
        "modules": [{"title": pen.title(), "day": day, "sessions": held} for day, held in enumerate(sessions, 1)],
        "countries": [words.COUNTRIES[number % 12]],
        "themes": [slugify(words.THEMES[number % 20])],
        "organisers": [f"partner-{number % PARTNERS}"],
    }
    return front_matter(fields, pen.body().replace("(/images/", "(../posts/images/"))


def event(number: int) -> str:
    """A day in Kathmandu: the first dozen are still to come."""
    pen = _pen("event", number)
    fields = {
        "title": pen.title(),
        "start": NEWEST + timedelta(days=7 * (12 - number)),
        "timezone": "Asia/Kathmandu",
        "mode": "in person",
        "places": [{"city": "Kathmandu"}],
        "countries": ["Nepal"],
        "themes": [slugify(words.THEMES[number % 20])],
        "organisers": [f"partner-{number % PARTNERS}"],
    }
    return front_matter(fields, pen.paragraph())


def _pen(kind: str, number: int) -> Pen:
    return Pen(random.Random(f"{kind} {number}"))


def mkdocs(*options: str) -> Command:
    """As the Makefile calls it."""
    return [sys.executable, "-m", "mkdocs", *options]


def build() -> Command:
    """The whole site, as `make site` makes it."""
    return mkdocs("--quiet", "build", "--strict")


def check() -> Command:
    """The content judged without building."""
    return [sys.executable, "-m", "chautari", "check"]


PEER = Peer(
    name="Chautari",
    install=lambda: version("chautari"),
    furnish=furnish,
    dialect=dialect,
    images="content/posts/images",
    output="site",
    leftovers=(".cache",),
    page=lambda post: f"{post.date:%Y/%m}/{post.slug}.html",
    build=build,
    refresh=lambda: [*build(), "--dirty"],
    serve=lambda port: mkdocs("--quiet", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"),
    labels=_THEMES,
    without_search={"CHAUTARI_SEARCH": "0"},
)
