"""Hubs whose feeds are judged: one of everything that tortures a feed, and the test hub."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from chautari.content import collections
from chautari.library import Library
from chautari.loading import load
from chautari.outputs.feeds import artifacts
from chautari.site import Settings, Site
from tests.hub import SITE, File, make_library, make_site, make_texts, partner, post

POSTS = "content/posts/2019"
LABELS = range(1_000, 2_000)
# Of a thousand labels that bear the same entry one shows enough.
ALIKE = re.compile("themes/theme-1(?!999)")
TITLES = {
    "amp": '"Health & Safety <em>first</em>"',
    "cdata": '"]]> and <![CDATA["',
    "emoji": '"Strike ✊🏽 now"',
    "rtl": '"\u200fעברית\u200e and العربية"',
    "bn": '"শোভন কাজ"',
    "bell": r'"A bell \a, a form feed \f and \uFFFE no character"',
}
THEMES = "".join(
    f"{key}: {{name: {{en: {name!r}}}}}\n"
    for key, name in {
        "health": "Health & Safety",
        "care": "Care / nursing",
        **{f"theme-{number}": f"Theme {number}" for number in LABELS},
    }.items()
)


def torture() -> dict[str, File]:
    """Everything that breaks feeds elsewhere, a file each."""
    every = ", ".join(f"theme-{number}" for number in LABELS)
    return {
        "content/vocabularies/themes.yml": THEMES,
        **{
            f"{POSTS}/{slug}.md": post("themes: [Health & Safety, Care / nursing]", title=title)
            for slug, title in TITLES.items()
        },
        "content/partners/bell.md": partner(name=r'"A \a & <b>partner</b>"'),
        f"{POSTS}/named.md": post("partners: bell"),
        f"{POSTS}/empty.md": post("countries: Nepal", body=""),
        f"{POSTS}/unlabelled.md": post(),
        f"{POSTS}/two.md": post(
            "authors: [One & Two, {name: Three, role: editor}, Four]", "countries: [Nepal, Bangladesh]"
        ),
        f"{POSTS}/thousand.md": post(f"themes: [{every}]"),
        f"{POSTS}/long.md": post(body="A word and another. " * 50_000),
        f"{POSTS}/controls.md": post(body="A bell &#7; and &#xFFFF; and ]]> in a text.\n\n| & | <br> |"),
        f"{POSTS}/links.md": post(
            body="[moved](moved.md), [old](/2014/05/old.html), [here](#here) and [out](//example.org/x).\n\n<h2 id='here'>Here</h2>"
        ),
        f"{POSTS}/moved.md": post("aliases: [/2014/05/old.html]"),
        f"{POSTS}/moved.bn.md": post(title="পুরনো"),
        f"{POSTS}/imported.md": post('source_id: "tag:blogger.com,1999:blog-1.post-2"'),
        f"{POSTS}/files.md": post(body="[The paper](paper.pdf), [a talk](talk.mp3), [an odd one](odd.xyz)"),
        f"{POSTS}/paper.pdf": "%PDF",
        f"{POSTS}/talk.mp3": "ID3",
        f"{POSTS}/odd.xyz": "?",
    }


def feeds(library: Library, folder: Path, site: Site | None = None) -> dict[str, bytes]:
    """Every feed of a hub by its address."""
    site = site or make_site()
    made = artifacts(library, site, make_texts(library, folder, site))
    return {each.url: each.content() for each in made if not ALIKE.match(each.url)}


def feeds_of(folder: Path, files: Mapping[str, File], site: Site | None = None) -> dict[str, bytes]:
    """The feeds of a small hub with these files."""
    return feeds(make_library(folder, files, site), folder, site)


def judged(folder: Path) -> Iterator[tuple[Library, dict[str, bytes]]]:
    """The hubs with their feeds: the tortured one, an empty one, and the test hub."""
    for name, files in (("torture", torture()), ("empty", {"content/posts/.keep": ""})):
        library = make_library(folder / name, files)
        yield library, feeds(library, folder / name)
    site = make_site(description="A hub for tests", settings=Settings(timezone="Asia/Kathmandu"))
    library = load(SITE, collections(), site)
    yield library, feeds(library, SITE, site)
