"""The order of moving in: one walk for what entries need to know of each other, and one for the texts.

So never more than one text is held. Nothing in content/ changes before all is written, read back and judged.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten

from chautari.cache import Cache
from chautari.comments import ENDING
from chautari.dates import read_zone
from chautari.library import CONTENT, Library
from chautari.loading import load
from chautari.moving.aliases import with_aliases, with_names
from chautari.moving.comments import Comments
from chautari.moving.items import Export, Item, Skipped
from chautari.moving.keeping import COPIES, Fate, earlier, settle
from chautari.moving.labels import TOPICS, Labels, Meaning, counted, with_topics
from chautari.moving.links import Links
from chautari.moving.pictures import Pictures
from chautari.moving.places import MOVED, Home, Places, Standing, standing
from chautari.moving.prose import to_markdown
from chautari.moving.report import LabelLine, Line, Report, difference
from chautari.moving.soundness import read_apart
from chautari.moving.staging import Staging
from chautari.moving.writing import as_words, front_matter, made_harmless, title_of, written
from chautari.problems import ContentError, Problem
from chautari.site import Site
from chautari.values import is_language

URLS = "urls.txt"
REASONS = {"trashed": "was in the trash", "spam": "was spam", "pending": "was never let through"}
"""Why an item in one of these states stays behind."""
_LOSSES = {"a link": "link", "a picture": "picture", "a damaged picture": "picture"}
"""What went although somebody may miss it, by how it is told; other markup went on purpose."""
_UNDESCRIBED = re.compile(r"!\[\]\(")


@dataclass(frozen=True)
class Wishes:
    """What the editor asked for. `shelf` is the folder for pictures that were fetched by hand."""

    source: str
    shelf: Path
    hosts: tuple[str, ...] = ()
    zone: str = ""
    labels: dict[str, Meaning] | None = None
    fetch: Callable[[str], bytes] | None = None
    dry_run: bool = False


Progress = Callable[[int, int], None]
"""Is told how many of how many entries are through."""


def move(
    export: Export,
    library: Library,
    site: Site,
    root: Path,
    wishes: Wishes,
    tell: Callable[[Report], None] = lambda report: None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Moves an export into content/, or, if anything goes wrong, nothing of it. Raises `ContentError` or `OSError`.

    The library need not hold what earlier imports wrote and nobody has changed: that is read here, a part at a time.
    `tell` is handed the report before anything is changed: a report that cannot be written stops the move as well.
    """
    staging = Staging(root / CONTENT)
    try:
        report = _Move(export, library, site, staging, wishes).run(progress)
        tell(report)
        if not wishes.dry_run:
            staging.land()
        return report
    finally:
        staging.abandon()


class _Move:
    """One move, from the first walk to a staged folder that has been judged."""

    def __init__(self, export: Export, library: Library, site: Site, staging: Staging, wishes: Wishes) -> None:
        self.export, self.library, self.site, self.staging = export, library, site, staging
        self.wishes = wishes
        self.report = Report(wishes.source, dry_run=wishes.dry_run)
        self.pictures = Pictures(export, staging, wishes.shelf, wishes.fetch)
        self.language = _foreign(export.blog.language, site.language)
        self.counts: Counter[str] = Counter()
        self.live: set[str] = set()

    def run(self, progress: Progress) -> Report:
        """Everything in its order."""
        items = self._survey()
        self.labels = Labels(self.counts, self.library, self.wishes.labels or {})
        zones = (read_zone(zone) if (zone := self.wishes.zone or self.export.blog.zone) else None, None, self.site.zone)
        prefix = f"{self.language}/" if self.language else ""
        before = earlier(self.staging)
        places = Places(self.library.collections, self._standing(before.values()), before, zones, prefix)
        homes = list(places.settle(items.values()))
        self.homes = {id(home.item): home for home in homes}
        hosts = self.wishes.hosts or self.export.blog.hosts
        self.report.host = hosts[0] if hosts else ""
        self.links = Links(homes, hosts, self.labels, self.live)
        with closing(Comments()) as comments:
            self._write_texts(items, comments, progress)
            self._write_comments(comments)
        self._write_topics()
        self._write_further_names()
        self._write_urls(homes)
        self.pictures.keep_record()
        self._judge(items)
        self._tell()
        self.report.changed = self.staging.changed
        return self.report

    # --- walking ---

    def _survey(self) -> dict[int, Item]:
        """Every post and page by its place in the export, with what its place here depends on; all is counted."""
        found: dict[int, Item] = {}
        for number, item in enumerate(self.export.items()):
            if isinstance(item, Skipped):
                self.report.read[item.what] += 1
                self.report.skipped[item.reason] += 1
                continue
            self.report.count(item)
            if reason := REASONS.get(item.state):
                self.report.skipped[f"{item.kind} {reason}"] += 1
            elif item.kind != "comment":
                self.counts.update(counted(item.labels))
                self.live.update(item.labels if item.state == "live" else ())
                found[number] = _outline(item)
        if not any(what.startswith(("post", "page")) for what in self.report.read):
            hint = "If the blog has some, download its export again."
            raise ContentError([Problem(self.wishes.source, 0, "", "holds no posts and no pages", hint)])
        return found

    def _again(self, items: dict[int, Item], comments: Comments | None = None) -> Iterator[tuple[Item, Home]]:
        """Each post and page with its text and its place; comments are noted on the way."""
        for number, item in enumerate(self.export.items()):
            if isinstance(item, Item) and number in items:
                yield item, self.homes[id(items[number])]
            elif comments and isinstance(item, Item) and item.kind == "comment" and item.state == "live":
                comments.add(item)

    def _standing(self, imported: Iterable[str]) -> list[Standing]:
        """Every entry that is there already. Raises `ContentError` for one that is not sound."""
        names = (f"{CONTENT}/{place}" for place in imported if self.staging.has(place))
        self.apart = {name for name in names if not self.library.at(name)}
        found = [*map(standing, self.library.entries)]
        wrong: list[Problem] = []
        for readings, problems in read_apart(
            sorted(self.apart), self.apart, self.library, self.site, self.staging.root
        ):
            found += [standing(reading.entry) for reading in readings]
            wrong += problems
        if wrong:
            raise ContentError(wrong)
        return found

    # --- writing ---

    def _write_texts(self, items: dict[int, Item], comments: Comments, progress: Progress) -> None:
        self.lines: dict[str, Line] = {}
        for done, (item, home) in enumerate(self._again(items, comments)):
            progress(done, len(items))
            _, doubt = title_of(item)
            old = home.item  # its words are held already; those of the second walk would be held once more
            line = Line(old.kind, old.state, old.title, old.address, f"{CONTENT}/{home.file}", home.url)
            line.note("title", doubt)
            for about, words in home.doubts:
                line.note(about, words)
            self.report.lines.append(line)
            self.lines[home.file] = line
            if home.kept:
                line.outcome = "kept"
                about = "editor" if home.kept == MOVED else "entry"
                line.note(about, f"It was left alone: {home.kept}, {CONTENT}/{home.file}.")
            elif self.staging.read(f"{COPIES}/{home.file}") is not None and not self.staging.has(home.file):
                line.outcome = Fate.deleted
                line.note("editor", "An editor has deleted it since the last import; it stays deleted.")
            else:
                self._settle(home, self._text(item, home, line), line)

    def _text(self, item: Item, home: Home, line: Line) -> bytes:
        prose = to_markdown(
            item.html,
            lambda address: self._link(address, home, line),
            lambda address: self._picture(address, home, line),
        )
        body, strange = made_harmless(prose.markdown)
        body = _UNDESCRIBED.sub(f"![Picture from {_in_brackets(home.item.title)}](", body)
        for lost in prose.lost:
            line.note("words", f"Words that were not found again: {lost}")
        for dropped in prose.dropped:
            about = next((about for start, about in _LOSSES.items() if dropped.startswith(start)), "markup")
            line.note(about, f"Left out: {dropped}")
        for markup in strange:
            line.note("markup", f"{markup} is shown as words.")
        for name in prose.undescribed:
            line.note("picture", f"The picture {name} has no words that say what one sees. Write them.")
        if item.place or item.point:
            line.note("place", f"Its place on the map was left out: {item.place or item.point}")
        return self._file(item, home, body)

    def _file(self, item: Item, home: Home, body: str) -> bytes:
        labels = self.labels.fields(item.labels)
        whole = replace(home, item=item)
        return written(front_matter(whole, home.item.title, labels, self.language), body).encode()

    def _link(self, address: str, home: Home, line: Line) -> str:
        lead = self.links.lead(address, home)
        line.note("link", lead.doubt)
        return lead.target

    def _picture(self, address: str, home: Home, line: Line) -> str | None:
        name, doubt = self.pictures.beside(address, home)
        line.note("picture", doubt)
        self.report.pictures += name is not None
        return name

    def _settle(self, home: Home, data: bytes, line: Line) -> None:
        line.outcome = settle(self.staging, home.file, data)
        if line.outcome in (Fate.edited, Fate.conflict):
            line.after = home.standing or home.url
        if line.outcome == Fate.conflict:
            base, present = self.staging.read(f"{COPIES}/{home.file}"), self.staging.read(home.file)
            self.report.differences.append(difference(line.file, base, present, data))
            line.note("entry", "An editor has changed it since the last import; it was left so. See the differences.")

    def _write_comments(self, comments: Comments) -> None:
        homes = {home.item.id: home for home in self.homes.values()}
        for parent, data, count in comments.by_entry():
            home = homes.get(parent)
            if not home or home.kept or self.lines[home.file].outcome == Fate.deleted:
                self.report.skipped["comment on something that did not come along"] += count
                continue
            settle(self.staging, home.file.removesuffix(".md") + ENDING, data)
            self.report.comments += count
            self.lines[home.file].comments = count

    def _write_topics(self) -> None:
        if self.labels.new:
            present = (self.staging.read(TOPICS) or b"").decode()
            self.staging.write(TOPICS, with_topics(present, self.labels.new).encode())

    def _write_further_names(self) -> None:
        for (place, key), labels in self.labels.further_names().items():
            present = (self.staging.read(place) or b"").decode("utf-8-sig")
            added = with_aliases(present, key, labels) if key else with_names(present, labels)
            if present != added:
                self.staging.write(place, added.encode())

    def _write_urls(self, homes: list[Home]) -> None:
        """Every old address, each once, in order; what editors wrote as comments stays at the top."""
        present = (self.staging.read(URLS) or b"").decode().splitlines()
        answered = {
            home.answered for home in homes if home.is_published and self.lines[home.file].outcome != Fate.deleted
        }
        if new := answered - {"", *map(str.strip, present)}:
            told = [line for line in present if line.startswith("#")]
            addresses = {line.strip() for line in present if line.strip() and not line.startswith("#")}
            text = "".join(f"{line}\n" for line in (*told, *sorted(addresses | new)))
            self.staging.write(URLS, text.encode())

    # --- judging ---

    def _judge(self, items: dict[int, Item]) -> None:
        """Reads the staged folder as a build would. An entry whose form is a mistake keeps its bare words."""
        for _ in range(2):  # first those that others may name, then the rest
            wrong = {problem.path: problem.message for problem in self._problems()}
            if not wrong:
                return
            self._keep_words(items, wrong)
        if problems := list(self._problems()):
            raise ContentError(problems)

    def _keep_words(self, items: dict[int, Item], wrong: Mapping[str, str]) -> None:
        for item, home in self._again(items):
            if found := wrong.get(f"{CONTENT}/{home.file}"):
                line = self.lines[home.file]
                line.note("form", f"Only its words were kept, because of its form: {found}")
                settle(self.staging, home.file, self._file(item, home, as_words(item.html)))

    def _problems(self) -> Iterator[Problem]:
        """What is wrong in the staged folder, as far as it was changed: what is new is read a part at a time."""
        if not self.staging.changed:
            return
        apart = {line.file for line in self.report.lines if line.outcome == Fate.new} | self.apart
        written = [line.file for line in self.report.lines if line.outcome in (Fate.new, Fate.renewed)]
        root, collections = self.staging.root, tuple(self.library.collections.values())
        try:
            rest = load(root, collections, self.site, Cache(), apart)
        except ContentError as error:
            yield from error.problems
            return
        for _, problems in read_apart([name for name in written if name in apart], apart, rest, self.site, root):
            yield from problems

    # --- telling ---

    def _tell(self) -> None:
        self.report.missing_pictures = sorted(self.pictures.missing)
        for label in sorted(self.counts, key=lambda label: (-self.counts[label], label)):
            meaning = self.labels.meaning(label)
            words = "; ".join(f"{field}: {', '.join(names)}" for field, names in meaning.items()) or "left out"
            unmapped = label in self.labels.unmapped
            suggestion = self.labels.suggestion(label) if unmapped else ""
            self.report.labels.append(LabelLine(label, self.counts[label], words, unmapped, suggestion))


def _outline(item: Item) -> Item:
    """What is held of every item at once: a large blog has tens of thousands."""
    title, _ = title_of(item)
    return Item(
        item.kind, item.id, item.state, title, published=item.published, updated=item.updated, address=item.address
    )


def _foreign(language: str, own: str) -> str:
    """The language of a blog, where it is not that of the site."""
    spoken = language.split("-")[0].lower()
    return spoken if is_language(spoken) and spoken != own.split("-")[0].lower() else ""


def _in_brackets(text: str) -> str:
    """Words for a picture, without signs that mean something there."""
    return shorten(re.sub(r"[\[\]\\<>*_`]", "", text), 100, placeholder="…")
