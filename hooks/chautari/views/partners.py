"""The directory of partners: /partners/ from A to Z, and narrowed by country, kind or theme."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from chautari.channels import collection_channel
from chautari.content.partners import Partner
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.vocabulary import Term, folded
from chautari.wording import section, translations

OTHERS = "#"
"""What stands above names that begin with no letter."""
Borne = Callable[[Partner], Iterable[Term]]


class Line(NamedTuple):
    """A name under which somebody may look: the title, or another one that leads to it."""

    words: str
    language: str
    partner: Partner
    is_title: bool


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """The whole directory on one page, and each part of it on one of its own: a telephone loads what it asked for."""
    partners = library.all(Partner)
    ways = [(name, list(_grouped(partners, borne, site).items())) for name, borne in _WAYS.items()]
    counted = [(name, [(term, len(found)) for term, found in groups]) for name, groups in ways if groups]
    title = section("partners", site.language)
    yield Listing(
        "partners/",
        title,
        template="partners.html",
        entries=partners,
        channel=collection_channel(library, site, "partners"),
        total=len(partners),
        data={"letters": by_letter(partners), "ways": counted},
    )
    for (name, groups), (_, choices) in zip((way for way in ways if way[1]), counted, strict=True):
        yield Listing(f"partners/by-{name}/", _title(name, "", site), "partners-by.html", data={"choices": choices})
        for term, found in groups:
            yield _part(name, term, found, choices, site)


def _part(name: str, term: Term, found: Sequence[Partner], choices: list[tuple[Term, int]], site: Site) -> Listing:
    """The partners that bear one label: those of a country by their kind, others by country."""
    other = _WAYS["kind" if name == "country" else "country"]
    return Listing(
        f"partners/by-{name}/{term.key}/",
        _title(name, term.name(site.language), site),
        template="partners-by.html",
        entries=found,
        total=len(found),
        data={"choices": choices, "chosen": term, "groups": list(_grouped(found, other, site).items())},
    )


def _themes(partner: Partner) -> Iterable[Term]:
    return dict.fromkeys(term for theme in partner.themes for term in (theme, *theme.ancestors()))


_WAYS: dict[str, Borne] = {
    # A region stands for itself alone: who works in Asia is not to be found below each of its countries.
    "country": lambda partner: partner.countries,
    "kind": lambda partner: (partner.kind,),
    "theme": _themes,
}


def _grouped(partners: Iterable[Partner], borne: Borne, site: Site) -> dict[Term, list[Partner]]:
    """Partners by label, the labels by their names."""
    groups: dict[Term, list[Partner]] = defaultdict(list)
    for partner in partners:
        for term in borne(partner):
            groups[term].append(partner)
    return dict(sorted(groups.items(), key=lambda group: sort_key(group[0].name(site.language))))


def _title(name: str, label: str, site: Site) -> str:
    _ = translations(site.language).gettext
    if not label:
        return {
            "country": _("Partners by country"),
            "kind": _("Partners by kind"),
            "theme": _("Partners by theme"),
        }[name]
    pattern = _("Partners in %(label)s") if name == "country" else _("Partners: %(label)s")
    return pattern % {"label": label}


def by_letter(partners: Iterable[Partner]) -> list[tuple[str, list[Line]]]:
    """Every name under its first letter: Latin letters first, then those of other scripts, then what has none."""
    lines = sorted(
        (line for partner in partners for line in _lines(partner)),
        key=lambda line: (letter_of(line.words) == OTHERS, sort_key(line.words), line.partner.slug),
    )
    return [(letter, list(those)) for letter, those in groupby(lines, key=lambda line: letter_of(line.words))]


def _lines(partner: Partner) -> Iterator[Line]:
    names = {partner.title: partner.language}
    for words, language in [(partner.acronym, ""), *((name, code) for code, name in partner.name_local.items())]:
        if words:
            names.setdefault(words, language)
    for words, language in names.items():
        yield Line(words, language, partner, words == partner.title)


def sort_key(name: str) -> tuple[str, str]:
    """Alphabetically, letters with accents beside those without, and marks before the first letter left out."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", folded(name)) if not unicodedata.combining(sign))
    start = next((place for place, sign in enumerate(plain) if sign.isalnum()), 0)
    return plain[start:], name


def letter_of(name: str) -> str:
    """The letter under which a name stands, as a capital where the script has them."""
    first = sort_key(name)[0][:1]
    return first.upper()[:1] if first.isalpha() else OTHERS
