"""The book of acronyms: what each stands for, from A to Z."""

from collections.abc import Iterator
from itertools import groupby

from chautari.acronyms import PAGE, Acronym
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.vocabulary import Term
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/acronyms/: one place for each word, with all that it may mean."""
    _ = translations(site.language).gettext
    meanings = sorted((each for several in library.acronyms.values() for each in several), key=_in_order)
    places = [
        (anchor, [(each, _label(each, library)) for each in same])
        for anchor, same in groupby(meanings, lambda each: each.anchor)
    ]
    letters = [(letter, list(below)) for letter, below in groupby(places, lambda place: place[0][:1].upper())]
    title = _("Acronyms")
    yield Listing(PAGE, title, template="acronyms.html", total=len(places), data={"letters": letters})


def _in_order(acronym: Acronym) -> tuple[str, ...]:
    return acronym.anchor, acronym.word, *acronym.names.values()


def _label(acronym: Acronym, library: Library) -> Term | None:
    """The theme or group of that name: it leads to more than a definition does."""
    for vocabulary in ("themes", "groups"):
        for word in (acronym.word, *acronym.names.values()):
            found = [term for term in library.vocabularies[vocabulary].find(word) if library.in_use(term)]
            if len(found) == 1 and not acronym.url:
                return found[0]
    return None
