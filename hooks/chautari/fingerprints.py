"""What a page shows, as a short name: two builds that give a page the same name give it the same bytes.

A template sees what it is handed and no more (`Hub.shown`), so this can be said without rendering. Of another entry a
page shows at most its card: its front matter, address, teaser, state of the day, labels and the titles it refers to.
Where it shows no more than a row, labels may get other names. Both take in a little more than lists print: a page too
many is rewritten, never one too few.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from functools import cache, singledispatch
from operator import attrgetter
from typing import Any

from chautari.acronyms import Acronym
from chautari.affiliations import Affiliations
from chautari.awards import Award
from chautari.bodies import Bodies
from chautari.cache import digest
from chautari.calendars import Calendar
from chautari.cascade import Reached
from chautari.channels import Channel
from chautari.clocks import Clock
from chautari.entry import Entry
from chautari.involvement import Part
from chautari.library import Library
from chautari.linking import Answer
from chautari.listing import Listing
from chautari.particulars import particulars
from chautari.relations import Related
from chautari.site import Site
from chautari.timing import timed
from chautari.vocabulary import LABELS, Term


class Fingerprints:
    """Names what pages and files show. `around` is what all of them share: templates, menu, settings."""

    def __init__(self, library: Library, bodies: Bodies, site: Site, around: str) -> None:
        self.library, self.bodies, self.site, self.around = library, bodies, site, around
        self._cards: dict[str, str] = {}
        self._rows: dict[str, str] = {}
        self._terms: dict[Term, str] = {}
        self._data: dict[int, str] = {}

    @timed("Fingerprints")
    def of_page(self, entry: Entry, related: Sequence[Related], links: Sequence[Answer], pack: int = 0) -> str:
        """What the page of an entry shows; `related` as its template gets it, `links` where its fields' links lead,
        `pack` the size of what one may take away of it.
        """
        named = [found for _, reference in entry.references() if (found := self.library.find(reference))]
        others = (
            self.library.mentioning(entry),
            self.library.translations(entry),
            [near and self.row(near) for near in self.library.neighbours(entry)],
            named,
            particulars(entry, self.library, self.site),
        )
        return self.of(entry, self.bodies.by_path[entry.path].mark, related, others, links, pack)

    @timed("Fingerprints", 1)
    def of(self, *values: Any) -> str:
        """What a page or file shows that is made of these values."""
        return digest(self.around, [named(value, self) for value in values])

    def card(self, entry: Entry) -> str:
        """All that other pages may show of an entry."""
        card = self._cards.get(entry.path)
        if card is None:
            labels = [self.label(term) for term in entry.terms()]
            pictures = [self.library.renditions(entry, picture.file) for _, picture in entry.pictures()]
            documents = [self.library.document(entry, file) for _, file in entry.documents()]
            teaser = self.bodies.teaser(entry)
            card = digest(self.row(entry), entry.original, teaser, labels, pictures, documents)
            self._cards[entry.path] = card
        return card

    def row(self, entry: Entry) -> str:
        """All that a row may show of an entry: its card without its looks and the names of its labels."""
        row = self._rows.get(entry.path)
        if row is None:
            references = [(reference.text, self._title(reference)) for _, reference in entry.references()]
            kinds = [self.label(term) for term in entry.terms() if term.vocabulary not in LABELS]
            states = entry.states(self.site.today)
            shown = entry.url, entry.language, self.bodies.minutes(entry)
            row = self._rows[entry.path] = digest(entry.source.head, shown, states, kinds, references)
        return row

    def _title(self, reference: Any) -> tuple[str, str | None]:
        found = self.library.get(reference)
        return self.library.title(reference), found.url if found else None

    def label(self, term: Term) -> str:
        """All that pages may show of a term."""
        name = self._terms.get(term)
        if name is None:
            language = self.site.language
            above = [
                (broader.url, broader.name(language), broader.code, broader.same_as, self.library.in_use(broader))
                for broader in term.ancestors()
            ]
            own = (term.url, term.name(language), term.description(language), term.code, term.same_as)
            name = self._terms[term] = digest(own, self.library.in_use(term), above)
        return name

    def data(self, listing: Listing) -> str:
        """What only a list's own template understands. The pages of one list share it."""
        # Listings live as long as this does, so an id stays theirs.
        if id(listing.data) not in self._data:
            self._data[id(listing.data)] = digest(named(listing.data, self))
        return self._data[id(listing.data)]


# Functions and no methods: singledispatchmethod makes a new function at each of some hundred thousand calls.


def named(value: Any, prints: Fingerprints) -> Any:
    """A value in a form whose `repr` says all that a page can show of it."""
    kind = type(value)
    return value if kind in _PLAIN else _form(kind)(value, prints)  # type: ignore[arg-type]  # mypy: is it hashed?


@singledispatch
def plain(value: Any, prints: Fingerprints) -> Any:
    """The form of a value of one type. Asked for through `named`, which finds it in half the time."""
    raise TypeError(f"no page may show a {type(value).__name__}: say in fingerprints.py what it shows of it")


@plain.register
def _(value: str | int | float | bytes | dt.date | None, prints: Fingerprints) -> Any:
    return value


@plain.register
def _(value: list | tuple, prints: Fingerprints) -> Any:  # type: ignore[type-arg]  # singledispatch takes plain classes
    return [named(item, prints) for item in value]


@plain.register
def _(value: dict, prints: Fingerprints) -> Any:  # type: ignore[type-arg]  # as above
    return [(named(key, prints), named(item, prints)) for key, item in value.items()]


@plain.register
def _(entry: Entry, prints: Fingerprints) -> str:
    return prints.card(entry)


@plain.register
def _(term: Term, prints: Fingerprints) -> str:
    return prints.label(term)


@plain.register
def _(channel: Channel, prints: Fingerprints) -> Any:
    return channel.url, channel.title, channel.group, channel.description


@plain.register
def _(calendar: Calendar, prints: Fingerprints) -> Any:
    return calendar.url, calendar.title, calendar.group


@plain.register
def _(clock: Clock, prints: Fingerprints) -> Any:
    return clock.place, clock.start.isoformat(), clock.end and clock.end.isoformat(), clock.own


@plain.register
def _(reached: Reached, prints: Fingerprints) -> Any:
    return [(prints.card(report.training), repr(report.reach), report.added) for report in reached.reports]


@plain.register
def _(affiliations: Affiliations, prints: Fingerprints) -> Any:
    return named(affiliations.above, prints), named(affiliations.below, prints)


@plain.register
def _(part: Part, prints: Fingerprints) -> Any:
    return prints.card(part.entry), part.roles, repr(part.members)


@plain.register
def _(award: Award, prints: Fingerprints) -> Any:
    return award.path, sorted(award.record().items())


@plain.register
def _(acronym: Acronym, prints: Fingerprints) -> Any:
    return acronym.word, list(acronym.names.items()), acronym.descriptions, acronym.website, acronym.url


@plain.register
def _(related: Related, prints: Fingerprints) -> Any:
    return prints.row(related.entry), [prints.label(term) for term in related.shared]


@plain.register
def _(listing: Listing, prints: Fingerprints) -> Any:
    entries = [*map(prints.card, listing.in_full)], [*map(prints.row, listing.in_rows)]
    return named(_of_listing(listing), prints), entries, prints.data(listing)


_form = cache(plain.dispatch)
_PLAIN = frozenset({str, int, float, bool, bytes, dt.date, dt.datetime, type(None)})
"""The types whose values stay as they are; asked for before all others, because most values are of them."""
_of_listing = attrgetter(*(field.name for field in fields(Listing) if field.name not in ("entries", "data")))
