"""The report as a page that an editor reads: one file, without anything from elsewhere."""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from pathlib import PurePath
from typing import IO, Any
from urllib.parse import quote

from lxml import etree
from lxml.html import HtmlElement
from lxml.html import builder as h

from chautari.moving.keeping import Fate
from chautari.moving.report import OUTCOMES, Difference, LabelLine, Line, Report
from chautari.site import Site

_STYLE = """
:root { color-scheme: light dark; --quiet: #4d5751; --link: #14694b; --line: #d9ddd6; --ground: #f6f4ee; }
@media (prefers-color-scheme: dark) { :root { --quiet: #b9c2bc; --link: #7fd1ae; --line: #3d4641; --ground: #232a26; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); }
h1, h2, h3 { line-height: 1.25; }
li, p, h1 { overflow-wrap: anywhere; }
h3 { margin-bottom: .25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.number { text-align: right; }
.quiet { color: var(--quiet); }
.scroll { overflow-x: auto; }
.ways { display: flex; flex-wrap: wrap; gap: 1rem; }
.ways section { flex: 1 1 24rem; min-width: 0; }
pre { padding: .75rem; overflow-x: auto; background: var(--ground); white-space: pre-wrap; overflow-wrap: anywhere; }
summary { padding: .35rem 0; cursor: pointer; }
"""


def write_page(report: Report, site: Site, file: IO[bytes]) -> None:
    """The whole page. What there is for each entry is written one by one: never are all its elements held at once."""
    title = f"Moving in from {PurePath(report.source).name}" + (", dry run" if report.dry_run else "")
    with etree.htmlfile(file, encoding="utf-8") as out:
        out.write_doctype("<!doctype html>")
        with out.element("html", lang="en"):
            viewport = h.META(name="viewport", content="width=device-width, initial-scale=1")
            out.write(h.HEAD(h.META(charset="utf-8"), viewport, h.TITLE(title), h.STYLE(_STYLE)))
            with out.element("body"), out.element("main"):
                _all(out, [h.H1(title)], _summary(report), _counts(report), _labels(report.labels))
                _all(out, _differences(report.differences))
                _pictures(out, report.missing_pictures)
                _all(out, _doubts(report, site))
                _everything(out, report, site)


def _all(out: Any, *parts: Iterable[HtmlElement]) -> None:
    for element in chain(*parts):
        out.write(element)


def _summary(report: Report) -> Iterable[HtmlElement]:
    """What is left to do, before all that can be looked up."""
    if report.dry_run:
        yield h.P("Nothing was written yet: this is what would happen.")
    else:
        same = "" if report.changed else "Nothing has changed: all is as it was after the last import. "
        yield h.P(f"{same}You may run the import again at any time: what editors change is never overwritten.")
    tasks = [
        (len(report.missing_pictures), "Pictures that are missing", "pictures"),
        (
            sum(label.unmapped for label in report.labels),
            "Labels that have become topics, until you say what they mean",
            "labels",
        ),
        (len(report.differences), "Entries that an editor has changed and the import would change, too", "differences"),
        (len(report.doubtful), "Entries that want a look", "look"),
    ]
    left = [h.LI(h.A(f"{what}: {count}", href=f"#{where}")) for count, what, where in tasks if count]
    yield from (h.P("What is left for you:"), h.UL(*left)) if left else (h.P("There is nothing left to do."),)


def _counts(report: Report) -> Iterable[HtmlElement]:
    """What was read, and where all of it went: two tables with the same sum."""
    read = [(name, str(count)) for name, count in sorted(report.read.items())]
    went = [(f"entries: {OUTCOMES[name]}", str(count)) for name, count in sorted(report.outcomes.items())]
    went += [("comments kept", str(report.comments))] if report.comments else []
    went += [(f"left behind: {reason}", str(count)) for reason, count in sorted(report.skipped.items())]
    total = str(sum(int(count) for _, count in went))
    yield h.H2("What was read")
    yield _table(("What", "Number"), [*read, ("all together", str(report.read.total()))])
    yield h.H2("Where it went")
    yield _table(("Where", "Number"), [*went, ("all together", total)])
    if report.comments:
        files = sum(line.comments > 0 for line in report.lines)
        yield h.P(f"Comments stand beside their entries, with the names that their authors gave (files: {files}).")
    if not report.adds_up:
        yield h.P(h.STRONG("The two sums differ: this is a mistake of the program. Please report it."))


def _labels(labels: Sequence[LabelLine]) -> Iterable[HtmlElement]:
    if not labels:
        return
    yield h.H2("Labels", id="labels")
    if any(label.unmapped for label in labels):
        yield h.P(
            "Labels that the hub does not know have become topics. To make them something else, write a file with "
            "lines like ",
            h.CODE("Old label: {themes: Decent work}"),
            " or ",
            h.CODE("Old label: drop"),
            ", and run the import again with ",
            h.CODE("--labels"),
            " and the file's name. The old page of a label leads to what it means here; that of a dropped one, "
            "to the list of themes.",
        )
    rows = [
        (each.label, str(each.count), each.meaning, f"{each.suggestion}?" if each.suggestion else "")
        for each in sorted(labels, key=lambda each: not each.unmapped)
    ]
    yield _table(("Old label", "Number", "What it is here", "Did it mean"), rows)


def _differences(differences: Sequence[Difference]) -> Iterable[HtmlElement]:
    if differences:
        yield h.H2("Changed by an editor and by the import", id="differences")
        yield h.P("These were left as the editor made them. To take over what the import brings, copy it by hand.")
    for each in differences:
        ways = (("What the editor changed", each.by_editor), ("What the import would change", each.by_import))
        yield h.H3(each.file)
        yield h.DIV(
            *(h.SECTION(h.H4(title), h.PRE("\n".join(lines) or "nothing")) for title, lines in ways), h.CLASS("ways")
        )


def _pictures(out: Any, missing: Sequence[str]) -> None:
    if not missing:
        return
    out.write(h.H2("Missing pictures", id="pictures"))
    out.write(
        h.P(
            "The texts link to them. Run the import with ",
            h.CODE("--fetch"),
            ", or have somebody run the script beside this report; then run the import once more.",
        )
    )
    with out.element("details"):
        out.write(h.SUMMARY(f"All of them ({len(missing)})"))
        with out.element("ul"):
            _all(out, (h.LI(h.A(address, href=address)) for address in missing))


def _doubts(report: Report, site: Site) -> Iterable[HtmlElement]:
    yield h.H2("What wants a look", id="look")
    yield h.P(
        "Whether links to other sites still lead anywhere was not checked here: ",
        h.CODE("chautari links"),
        " asks them all.",
        h.CLASS("quiet"),
    )
    if not report.doubtful:
        yield h.P("Nothing.")
    for line in report.doubtful:
        yield h.H3(line.title)
        yield h.P(*_ways(line, report, site), h.CLASS("quiet"))
        yield h.UL(*(h.LI(h.STRONG(f"{note.about}: "), note.words) for note in line.doubts))


def _everything(out: Any, report: Report, site: Site) -> None:
    """A table for each year; what went on purpose is told here, for whoever misses something."""
    out.write(h.H2("All entries"))
    names = ("Title", "State", "What became of it", "Before and after", "On purpose")
    for year, group in groupby(sorted(report.lines, key=_year), _year):
        lines = list(group)
        with out.element("details"):
            out.write(h.SUMMARY(f"{year} ({len(lines)})"))
            with out.element("div", {"class": "scroll"}), out.element("table"):
                out.write(h.THEAD(h.TR(*(h.TH(name, scope="col") for name in names))))
                with out.element("tbody"):
                    _all(out, (_row(line, report, site) for line in lines))


def _row(line: Line, report: Report, site: Site) -> HtmlElement:
    return h.TR(
        *map(h.TD, (line.title, line.state, OUTCOMES[line.outcome])),
        h.TD(*_ways(line, report, site)),
        h.TD("; ".join(note.words for note in line.settled)),
    )


def _year(line: Line) -> str:
    """The year of a post, by its file: posts/2019/…"""
    parts = line.file.split("/")
    return parts[2] if len(parts) == 4 else "Pages"


def _ways(line: Line, report: Report, site: Site) -> list[HtmlElement | str]:
    """Where it was, where it is if it is anywhere, and its file."""
    ways: list[HtmlElement | str] = []
    if line.before:
        old = f"https://{report.host}{quote(line.before)}" if report.host else ""
        ways += ["before: ", h.A(line.before, href=old) if old else line.before, " · "]
    if line.outcome == Fate.deleted:
        return [*ways, line.file]
    ways += ["after: ", h.A(f"/{line.after}", href=site.absolute(quote(line.after))), f" · {line.file}"]
    return ways


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> HtmlElement:
    head = h.TR(*(h.TH(name, h.CLASS("number") if name == "Number" else {}, scope="col") for name in heads))
    body = (h.TR(*(h.TD(cell, h.CLASS("number") if cell.isdigit() else {}) for cell in row)) for row in rows)
    return h.DIV(h.TABLE(h.THEAD(head), h.TBODY(*body)), h.CLASS("scroll"))
