"""Where the addresses of the old platform lead now: for hosts that can redirect, and for pages that do.

Blogger had one kind of label, with a page below /search/label/ and a feed below /feeds/posts/default/-/. Its feeds were
Atom, or what `?alt=` asked for.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from chautari.channels import site_channel
from chautari.dates import day_of
from chautari.entry import Entry
from chautari.library import Library
from chautari.site import Site
from chautari.vocabulary import Term

LABEL_PAGES = "search/label/"
LABEL_FEEDS = "feeds/posts/default/-/"
UNKNOWN_LABEL = "themes/"
"""Where the page of a label leads that no vocabulary knows; its feed leads to the site's."""

COPIES = {"feed.xml": ("rss.xml",), "atom.xml": ("feeds/posts/default",)}
"""Feeds that stand at their old addresses as well, for hosts that can serve nothing but files."""

_PRECEDENCE = ("themes", "groups", "countries", "regions", "topics")
"""Old labels were of no kind: one that two vocabularies know means the term of the first of them."""


def base(site: Site) -> str:
    """The path below which the site stands: `/` or `/hub/`."""
    return urlsplit(site.url).path or "/"


def labels(library: Library, site: Site) -> dict[str, Term | Entry]:
    """Every name and alias of the terms that have a page, each once however it is capitalised; then those of partners.

    Old entries that name partners were labelled with them.
    """
    words: list[tuple[Iterable[str], Term | Entry]] = []
    for vocabulary in _PRECEDENCE:
        terms = library.terms(vocabulary)
        words += [(each(term, site), term) for each in (names, aliases) for term in terms]
    for partner in library.of("partners"):
        if any(entry.source_id for entry in library.mentioning(partner)):
            words.append((sorted(set(partner.names) - {partner.place}), partner))
    found: dict[str, tuple[str, Term | Entry]] = {}
    for written, goal in words:
        for word in filter(str.isprintable, spellings(written)):
            found.setdefault(word.casefold(), (word, goal))
    return dict(found.values())


def dropped(library: Library, site: Site) -> list[str]:
    """The names of topics that no entry bears, and that are no other label: they have no page to lead to."""
    known = {label.casefold() for label in labels(library, site)}
    unused = [term for term in library.vocabularies["topics"] if not library.in_use(term)]
    found = {word.casefold(): word for term in unused for word in (*names(term, site), *term.aliases)}
    return [word for key, word in sorted(found.items()) if key not in known and word.isprintable()]


def names(term: Term, site: Site) -> list[str]:
    """What a term is called in the languages of the hub."""
    return [term.name(), *map(term.name, (site.language, *site.settings.languages))]


def aliases(term: Term, site: Site) -> list[str]:
    """The other words for a term, old spellings among them."""
    return list(term.aliases)


def spellings(words: Iterable[str]) -> Iterator[str]:
    """Words with "and", and with the sign for it: labels were typed one way or the other."""
    for word in words:
        yield from (word, word.replace(" and ", " & "), word.replace(" & ", " and "))


def archives(library: Library) -> dict[str, date]:
    """The months of an old blog's posts by the addresses that they had on Blogger: /2014_05_01_archive.html.

    Many blogs had one for each week, named after its Sunday: it leads to the month of the first post in it.
    """
    days = sorted({day_of(post.date) for post in library.of("posts") if post.source_id and post.date})
    months = {f"{day:%Y_%m}_01_archive.html": day.replace(day=1) for day in days}
    weeks = {f"{_sunday(day):%Y_%m_%d}_archive.html": day.replace(day=1) for day in reversed(days)}
    return dict(sorted((weeks | months).items()))


def _sunday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() % 7)


def feeds(library: Library, site: Site) -> dict[str, str]:
    """The name of a feed's file by what `?alt=` asked for; "" is for a request that asked for nothing."""
    files = {media_type: address for _, media_type, address in site_channel(library, site).feeds}
    rss = files["application/rss+xml"]
    return {"": files.get("application/atom+xml", rss), "rss": rss, "json": files.get("application/feed+json", rss)}


def label_patterns(library: Library, site: Site, start: str = "") -> Iterator[tuple[str, Term | Entry]]:
    """A regular expression (PCRE) for the addresses of each page's labels below `start`, page and feeds alike.

    It is written for a decoded path, and to stand between quotation marks.
    """
    typed: dict[str, tuple[Term | Entry, list[str]]] = {}
    for label, goal in labels(library, site).items():
        typed.setdefault(goal.url, (goal, []))[1].append("".join(map(_as_typed, label)))
    for goal, words in typed.values():
        places = rf"(?:{LABEL_PAGES}|feeds/posts/\w+/-/)"
        yield rf"(?i)^{re.escape(start)}{places}(?:{'|'.join(words)})/?$", goal


def _as_typed(character: str) -> str:
    """A character of a label in an expression: a plus sign is a space in many links, and quoting twice goes wrong."""
    return {" ": "[ +]", '"': ".", "\\": "."}.get(character) or re.escape(character)
