"""What one may subscribe to. Pages announce channels, feeds and the list of feeds are made of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import NamedTuple
from urllib.parse import quote, unquote

from chautari.entry import Entry
from chautari.library import Library
from chautari.site import Site
from chautari.vocabulary import LABELS, Term
from chautari.wording import language_name, section, translations

NEWEST = 20
"""How many entries a feed holds."""
SUMMARIES = "feed-summary.xml"
"""The site's RSS feed without the texts, for those who pay by the megabyte."""
_FORMATS = (
    ("RSS", "application/rss+xml", "feed.xml"),
    ("Atom", "application/atom+xml", "atom.xml"),
    ("JSON Feed", "application/feed+json", "feed.json"),
)


class Feed(NamedTuple):
    """A feed of a channel: its format's name, media type, and address from the site's root."""

    format: str
    media_type: str
    url: str


@dataclass(frozen=True)
class Channel:
    """A stream of entries, newest first. `url` is its HTML page, `title` what it is about.

    `group` is the kind of thing that it is about: "site", "collections", a vocabulary, "pairs", "partners" or
    "languages".
    """

    url: str
    title: str
    group: str
    entries: tuple[Entry, ...]
    description: str = ""
    language: str = ""
    """The language of all its entries, where it is about one."""

    def full_title(self, site: Site) -> str:
        """The title that tells it from channels of other sites."""
        names = {"site": site.name, "label": self.title}
        return site.name if self.group == "site" else translations(site.language).gettext("%(site)s: %(label)s") % names

    @property
    def feed(self) -> str:
        """The address of its RSS feed, from the site's root."""
        return f"{self.url}feed.xml"

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """All its feeds, RSS first."""
        return tuple(Feed(name, media_type, f"{self.url}{file}") for name, media_type, file in _FORMATS)


def channels(library: Library, site: Site) -> Iterator[Channel]:
    """Every stream of the hub, the site's first."""
    yield site_channel(library, site)
    for name in library.sections:
        yield collection_channel(library, site, name)
    for vocabulary in LABELS:
        for term in library.terms(vocabulary):
            yield term_channel(library, site, term)
    for pair in library.pairs():
        yield pair_channel(library, site, *pair)
    for partner in library.of("partners"):
        yield partner_channel(library, partner)
    for language in library.languages():
        if language != site.language:
            yield language_channel(library, site, language)


def grouped_channels(library: Library, site: Site) -> list[tuple[str, list[Channel]]]:
    """Every stream in the groups in which people look for one, each group with its title."""
    groups = groupby(channels(library, site), key=lambda channel: channel.group)
    return [(group_title(name, site), list(members)) for name, members in groups]


def group_title(group: str, site: Site) -> str:
    """What stands above the streams or calendars of a group."""
    _ = translations(site.language).gettext
    return {
        "site": _("Everything"),
        "collections": _("By type"),
        "countries": _("By country"),
        "regions": _("By region"),
        "themes": _("By theme"),
        "groups": _("By group of people"),
        "topics": _("By topic"),
        "pairs": _("By country and theme"),
        "partners": _("By partner"),
        "trainings": _("By training"),
        "languages": _("By language"),
    }[group]


def site_channel(library: Library, site: Site) -> Channel:
    """The stream of everything."""
    news = (entry for entry in library.listed if library.collections[entry.collection].news)
    return Channel("", site.name, "site", newest(news), site.description)


def collection_channel(library: Library, site: Site, name: str) -> Channel:
    """The stream of one type."""
    title = section(name, site.language)
    return Channel(f"{name}/", title, "collections", newest(library.once(_by_collection).get(name, ())))


def _by_collection(library: Library) -> dict[str, list[Entry]]:
    """The listed entries of each type, newest first, which is not the order that every collection has."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in library.listed:
        groups[entry.collection].append(entry)
    return groups


def term_channel(library: Library, site: Site, term: Term) -> Channel:
    """The stream of a label."""
    about = term.description(site.language)
    return Channel(term.url, term.name(site.language), term.vocabulary, newest(library.labelled(term)), about)


def pair_channel(library: Library, site: Site, country: Term, theme: Term) -> Channel:
    """The stream of all that bears both a country and a theme."""
    names = {"theme": theme.name(site.language), "country": country.name(site.language)}
    title = translations(site.language).gettext("%(theme)s in %(country)s") % names
    return Channel(pair_url(country, theme), title, "pairs", newest(library.pairs()[country, theme]))


def pair_url(country: Term, theme: Term) -> str:
    """The address of all that bears both a country and a theme, from the site's root."""
    return f"{country.url}{theme.key}/"


def partner_channel(library: Library, partner: Entry) -> Channel:
    """The stream of all that names a partner."""
    return Channel(partner.url, partner.title, "partners", newest(library.mentioning(partner)), partner.summary or "")


def language_channel(library: Library, site: Site, language: str) -> Channel:
    """The stream of all that can be read in a language."""
    title = language_name(language, site.language)
    entries = newest(library.in_language(language))
    return Channel(f"{language.lower()}/", title, "languages", entries, language=language)


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The newest dated entries, as many as a feed holds: without a date nothing is news."""
    return tuple(islice((entry for entry in entries if entry.date), NEWEST))


def identity(entry: Entry, site: Site) -> str:
    """The id that an entry keeps for ever: the one that it was published under, or a tag: URI (RFC 4151).

    Neither its title, its date nor its present address is in it.
    """
    own = quote(unquote(entry.first_slug))
    return entry.source_id or f"tag:{site.id_authority}:{entry.language}/{entry.collection}/{own}"
