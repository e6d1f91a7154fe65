"""The hub's things in the words of schema.org, so that machines read what people read.

A content type says what only it knows (`Collection.described`); here stands what all types share, and how one thing
names another: by an `@id` that is the same wherever the thing is named, the address of its page with `#this`.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from chautari.entry import Entry
from chautari.library import Library
from chautari.references import Contributor, Reference
from chautari.site import Site
from chautari.values import Picture, licence_url
from chautari.vocabulary import Term

Node: TypeAlias = dict[str, Any]


def node(kind: str, /, **fields: Any) -> Node:
    """A node of the graph. What is empty is left out: a zero and a No are said, a missing value is not."""
    return {"@type": kind, **filled(**fields)}


def filled(**fields: Any) -> Node:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value or value == 0}


class Nodes:
    """Answers how a thing is said in schema.org. Terms and references look the same on all pages: each is made once."""

    def __init__(self, library: Library, site: Site, teaser: Callable[[Entry], str]) -> None:
        self.library, self.site, self.teaser = library, site, teaser
        self.publisher = {"@id": self.address("#publisher")}
        self._named: dict[Reference, Node | None] = {}
        self._terms: dict[Term, Node] = {}

    # --- one thing named by another ---

    def address(self, url: str) -> str:
        """A whole address."""
        return self.site.absolute(url)

    def identity(self, url: str) -> str:
        """The `@id` of what a page is about, as distinct from the page."""
        return f"{self.address(url)}#this"

    def link(self, entry: Entry) -> Node:
        """An entry as others name it."""
        kind = self.library.collections[entry.collection].schema_type
        return node(kind, **{"@id": self.identity(entry.url)}, name=entry.title, url=self.address(entry.url))

    def named(self, reference: Reference | None) -> Node | None:
        """What a reference means: a link to its page, or the bare name of an organisation that has none."""
        if reference is None:
            return None
        if reference not in self._named:
            entry = self.library.get(reference)
            name = self.library.title(reference) if reference.collection == "partners" else ""
            self._named[reference] = self.link(entry) if entry else node("Organization", name=name) if name else None
        return self._named[reference]

    def all_named(self, *references: Reference | None) -> list[Node]:
        """What the references mean, each once."""
        return [named for reference in dict.fromkeys(references) if (named := self.named(reference))]

    def people(self, contributors: Iterable[Contributor]) -> list[Node]:
        """Persons by name, organisations by their page."""
        found = (node("Person", name=each.name) if each.name else self.named(each.partner) for each in contributors)
        return [person for person in found if person]

    def term(self, term: Term) -> Node:
        """A label: a country or a region is a place, everything else a term of the hub's vocabularies."""
        if term not in self._terms:
            kind = {"countries": "Country", "regions": "Place"}.get(term.vocabulary, "DefinedTerm")
            page = {"@id": self.identity(term.url)} if self.library.in_use(term) else {}
            name = term.name(self.site.language)
            # ISO 3166-1
            self._terms[term] = node(kind, **page, name=name, identifier=term.code, sameAs=term.same_as)
        return self._terms[term]

    def described_term(self, term: Term) -> Node:
        """A label on its own page, with its definition and its place among the others."""
        meaning = filled(description=term.description(self.site.language))
        above = self.term(term.broader) if term.broader else None
        if term.vocabulary in ("countries", "regions"):
            return self.term(term) | meaning | filled(containedInPlace=above)
        return self.term(term) | meaning | {"inDefinedTermSet": {"@id": self.identity(f"{term.vocabulary}/")}}

    def picture(self, entry: Entry, picture: Picture | None) -> Node | None:
        """A picture with its words, its maker and its licence."""
        forms = self.library.renditions(entry, picture.file) if picture else None
        if picture is None or forms is None:
            return None
        return node(
            "ImageObject",
            url=self.address(forms.largest.url),
            width=forms.largest.width,
            height=forms.largest.height,
            caption=picture.words,
            creditText=picture.credit,
            license=licence_url(picture.licence) if picture.licence else "",
        )

    # --- a thing on its own page ---

    def whole(self, entry: Entry) -> Node:
        """All that is said of an entry."""
        about = filled(
            description=self.teaser(entry),
            image=self.picture(entry, entry.image),
            mainEntityOfPage={"@id": self.address(entry.url)},
        )
        own: Node = self.library.collections[entry.collection].described(entry, self)
        return self.link(entry) | about | own

    def subjects(self, entry: Entry) -> list[Node]:
        """The labels that are no places."""
        return [self.term(term) for term in entry.labels if term.vocabulary not in ("countries", "regions")]

    def places(self, entry: Entry) -> list[Node]:
        """The countries and regions."""
        return [self.term(term) for term in entry.countries]

    def work(self, entry: Entry) -> Node:
        """What is said of every creative work: dates, language, subject, versions, corrections."""
        return filled(
            datePublished=entry.date and entry.date.isoformat(),
            dateModified=entry.updated and entry.updated.isoformat(),
            expires=entry.expires and entry.expires.isoformat(),
            inLanguage=entry.language,
            about=self.subjects(entry),
            contentLocation=self.places(entry),
            correction=[
                node("CorrectionComment", text=correction.note, datePublished=correction.date.isoformat())
                for correction in entry.corrections
            ],
            **self._versions(entry),
        )

    def own_work(self, entry: Entry) -> Node:
        """What is said, besides, of what the hub itself publishes: who made it, and what one may do with it."""
        by_role: dict[str, list[Node]] = {}
        for author in entry.authors:
            by_role.setdefault(author.role, []).extend(self.people([author]))
        return self.work(entry) | filled(
            author=by_role.get("author") or self.publisher,
            editor=by_role.get("editor"),
            translator=by_role.get("translator"),
            contributor=by_role.get("photographer"),
            publisher=self.publisher,
            license=licence_url(entry.licence_in(self.site.settings.licence)),
        )

    def _versions(self, entry: Entry) -> Node:
        original, *others = self.library.translations(entry) or (entry,)
        if entry is original:
            return {"workTranslation": [{"@id": self.identity(other.url)} for other in others]}
        return {"translationOfWork": {"@id": self.identity(original.url)}}
