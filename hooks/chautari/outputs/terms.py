"""The labels with all their names, for the search: who types one in any language is offered its page."""

import json
from collections.abc import Iterator
from functools import partial

from chautari.artifact import Artifact, Texts
from chautari.library import Library
from chautari.site import Site
from chautari.vocabulary import LABELS, Term, folded
from chautari.wording import translations


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """One file of all terms that have a page."""
    terms = [term for vocabulary in LABELS for term in library.terms(vocabulary)]
    # The names as they are given: those of countries take longer to read than a small hub takes to build.
    shows = [(term.url, term.name(site.language), term.code, list(term.aliases), repr(term.names)) for term in terms]
    yield Artifact("search/terms.json", partial(term_list, terms, site), (shows,))


def term_list(terms: list[Term], site: Site) -> bytes:
    """Words for the kinds of labels, and of each term the address, the name on display, and all other names."""
    _ = translations(site.language).gettext
    kinds = {
        "countries": _("Country"),
        "regions": _("Region"),
        "themes": _("Theme"),
        "groups": _("Group"),
        "topics": _("Topic"),
    }
    listed = [[term.url, *names(term, site.language)] for term in terms]
    return json.dumps({"kinds": kinds, "terms": listed}, ensure_ascii=False, separators=(",", ":")).encode()


def names(term: Term, language: str) -> list[str]:
    """The name on display and all others, each once: two that are compared as one are one."""
    distinct: dict[str, str] = {}
    for word in (term.name(language), *map(term.name, term.names), *term.aliases, term.code, term.key):
        if word:
            distinct.setdefault(folded(word), word)
    return list(distinct.values())
