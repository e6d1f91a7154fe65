"""What the committee should look after: not what is wrong, which stops a build, but what grows old or is missing.

One walk over the entries; the page /health/ and `chautari health --json` say the same.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias, get_args

from babel.languages import get_official_languages

from chautari.content.initiatives import Initiative
from chautari.content.partners import Partner
from chautari.dates import day_of
from chautari.entry import Entry, by_title
from chautari.library import Library
from chautari.links import undescribed_pictures
from chautari.outer_links import outer_links
from chautari.site import Site
from chautari.vocabulary import Term
from chautari.wording import language_name

Kind: TypeAlias = Literal[
    "stale", "undated", "undescribed", "untranslated", "without-partner", "broken-link", "unchecked-link"
]
KINDS: tuple[Kind, ...] = get_args(Kind)

FRESH = {"partners": 2, "trainings": 3, "initiatives": 1}
"""For how many years what an entry says can be taken to hold; others are records of their time, or works of others."""
_NAMES_A_PARTNER = ("posts", "trainings", "events", "initiatives")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look after in one entry; `detail` says which: a day, a picture, languages, an address.

    It concerns all countries of the entry, or one of them alone.
    """

    kind: Kind
    entry: Entry
    detail: str = ""
    country: Term | None = None

    @property
    def places(self) -> list[Term]:
        """The countries in which somebody should look after it; a region is nobody's in particular."""
        return [self.country] if self.country else [term for term in self.entry.countries if term.code]


def findings(library: Library, site: Site) -> list[Finding]:
    """Everything that is to be looked after in what readers find on lists, in the order of the kinds."""
    asked = library.once(asked_of)
    found = [finding for entry in library.listed for finding in _of_entry(entry, library, site, asked)]
    return sorted(found, key=lambda finding: KINDS.index(finding.kind))


def _of_entry(entry: Entry, library: Library, site: Site, asked: Mapping[str, Sequence[Partner]]) -> Iterator[Finding]:
    yield from _of_age(entry, site)
    for picture in _undescribed(entry):
        yield Finding("undescribed", entry, picture)
    yield from _untranslated(entry, library, site)
    if entry.collection in _NAMES_A_PARTNER and not asked.get(entry.path):
        yield Finding("without-partner", entry)
    for address in outer_links(entry):
        check = library.checks.get(address)
        if check is None or check.is_due(site.today):
            yield Finding("unchecked-link", entry, address)
        elif check.is_broken:
            yield Finding("broken-link", entry, f"{address} ({check.answer})")


def _of_age(entry: Entry, site: Site) -> Iterator[Finding]:
    years = FRESH.get(entry.collection)
    if years is None or _is_over(entry):
        return
    if entry.last_changed is None:
        yield Finding("undated", entry)
    elif day_of(entry.last_changed) < site.today - dt.timedelta(days=365 * years):
        yield Finding("stale", entry, day_of(entry.last_changed).isoformat())


def _is_over(entry: Entry) -> bool:
    """Whether nothing about it changes any more."""
    closed = isinstance(entry, Initiative) and entry.stage == "closed"
    return closed or (isinstance(entry, Partner) and entry.status in ("merged", "dissolved"))


def _undescribed(entry: Entry) -> Iterator[str]:
    yield from (picture.file for _, picture in entry.pictures() if not picture.words)
    yield from undescribed_pictures(entry.body)


def _untranslated(entry: Entry, library: Library, site: Site) -> Iterator[Finding]:
    """The countries of an entry in none of whose languages it is, as far as the hub writes in any of them."""
    there = {version.language.split("-")[0] for version in library.translations(entry)}
    for country in entry.countries:
        spoken = _spoken(country.code, site.settings.languages) if country.code else ()
        if spoken and there.isdisjoint(code.split("-")[0] for code in spoken):
            names = ", ".join(language_name(code, site.language) for code in spoken)
            yield Finding("untranslated", entry, names, country)


@cache
def _spoken(country: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the hub's languages that are official in a country (CLDR territory information)."""
    official = get_official_languages(country, de_facto=True)
    return tuple(code for code in languages if code.split("-")[0] in official)


def asked_of(library: Library) -> dict[str, list[Partner]]:
    """Whom to ask, by the path of an entry: the partners that it names; of a partner itself."""
    asked: dict[str, list[Partner]] = defaultdict(list)
    for partner in library.all(Partner):
        asked[partner.path].insert(0, partner)
        for entry in library.mentioning(partner):
            if not isinstance(entry, Partner):
                asked[entry.path].append(partner)
    return asked


def by_place(found: Iterable[Finding]) -> dict[Term | None, list[Finding]]:
    """Findings by country, those of no single country under None."""
    groups: dict[Term | None, list[Finding]] = defaultdict(list)
    for finding in found:
        for country in finding.places or (None,):
            groups[country].append(finding)
    return dict(groups)


def by_partner(found: Iterable[Finding], library: Library) -> list[tuple[Partner, list[Finding]]]:
    """Findings by the partners who can be asked about them, those with the most first."""
    asked = library.once(asked_of)
    groups: dict[str, tuple[Partner, list[Finding]]] = {}
    for finding in found:
        for partner in asked.get(finding.entry.path, ()):
            groups.setdefault(partner.path, (partner, []))[1].append(finding)
    return sorted(groups.values(), key=lambda group: (-len(group[1]), by_title(group[0])))


def counts(found: Iterable[Finding]) -> Mapping[Kind, int]:
    """How many findings there are of each kind."""
    return Counter(finding.kind for finding in found)


def as_data(library: Library, site: Site) -> dict[str, Any]:
    """All of it as plain data: the findings, and their numbers by kind, by country's and by partner's key."""
    found = findings(library, site)
    asked = library.once(asked_of)
    places = {place.key if place else "": dict(counts(group)) for place, group in by_place(found).items()}
    partners = {partner.slug: dict(counts(group)) for partner, group in by_partner(found, library)}
    return {
        "date": site.today.isoformat(),
        "counts": dict(counts(found)),
        "countries": dict(sorted(places.items())),
        "partners": partners,
        "findings": [
            {
                "kind": finding.kind,
                "file": finding.entry.path,
                "title": finding.entry.title,
                "detail": finding.detail,
                "countries": [country.key for country in finding.places],
                "partners": [partner.slug for partner in asked.get(finding.entry.path, ())],
            }
            for finding in found
        ],
    }
