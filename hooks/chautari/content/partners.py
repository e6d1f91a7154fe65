"""Partners: the organisations of the network and around it (schema:Organization)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field

from chautari.dates import Day
from chautari.entry import Collection, Entry
from chautari.library import Library
from chautari.loops import Tie, closing
from chautari.problems import Problem
from chautari.references import PartnerRef
from chautari.schema_org import Node, Nodes, node
from chautari.validation import Model
from chautari.values import Count, Language, Mail, Many, Picture, Text, WebAddress, complaint
from chautari.vocabulary import Countries, PartnerKind, folded


class Membership(Model):
    """How many people an organisation counts, said by whom and when."""

    total: Count
    women: Count | None = None
    date: Day | None = None
    source: Text | None = None

    def model_post_init(self, context: Any, /) -> None:
        if self.women is not None and self.women > self.total:
            raise complaint(f"is more than the {self.total} members", "Correct one of the numbers.", "women")


class Contact(Model):
    """How to reach an organisation. Nothing personal gets onto the site by accident: `public` must be said."""

    role: Text | None = None
    email: Mail | None = None
    phone: Text | None = None
    public: bool = False

    def model_post_init(self, context: Any, /) -> None:
        if (self.email or self.phone) and not self.public:
            raise complaint(
                "holds an e-mail address or a telephone number that is not said to be public",
                "Add `public: true` if it is the office's own; otherwise take it out: everybody can read it here.",
            )


def _year_as_day(value: Any) -> Any:
    """`since: 1989` is the first of January."""
    return f"{value}-01-01" if isinstance(value, str) and value.isdigit() else value


class Partner(Entry):
    """An organisation. `aliases` are former and misspelt names; its page lists by itself all that names it."""

    title: Text = Field(validation_alias=AliasChoices("name", "title"))
    name_local: dict[Language, Text] = Field(default_factory=dict)
    acronym: Text | None = None
    kind: PartnerKind
    countries: Annotated[Countries, Field(min_length=1)]
    city: Text | None = None
    relation: Literal["member", "partner", "ally", "funder", "former"] | None = None
    since: Annotated[Day | None, BeforeValidator(_year_as_day)] = None
    until: Annotated[Day | None, BeforeValidator(_year_as_day)] = None
    parent: PartnerRef | None = None
    affiliates: Many[PartnerRef] = ()
    services: Many[Text] = ()
    mission: Text | None = None
    members: Membership | None = None
    website: WebAddress | None = None
    social: dict[str, WebAddress] = Field(default_factory=dict)
    logo: Picture | None = None
    contact: Contact | None = None
    # The organisation's own state beside that of the page: both are asked for under one name.
    status: Literal["draft", "review", "published", "withdrawn", "active", "merged", "dissolved"] = "active"  # type: ignore[assignment]  # widens the entry's set on purpose
    successor: PartnerRef | None = None

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        if self.since and self.until and self.until < self.since:
            raise complaint("is before `since`", "Correct one of the two.", "until")

    @property
    def names(self) -> tuple[str, ...]:
        return (*super().names, *((self.acronym,) if self.acronym else ()), *self.name_local.values())

    def abbreviated(self) -> tuple[str, Mapping[str, str]] | None:
        return (self.acronym, {self.language: self.title} | self.name_local) if self.acronym else None

    @property
    def short_name(self) -> str:
        """The acronym where there is one."""
        return self.acronym or self.title

    def pictures(self) -> Any:
        yield from super().pictures()
        if self.logo:
            yield ("logo",), self.logo


def _checks(library: Library) -> Iterator[Problem]:
    """What no partner's own file shows."""
    partners = [partner for partner in library.everything(Partner) if partner.original]
    yield from _twice_abbreviated(partners)
    hint = "An organisation belongs to a wider one: write which of the two is the wider."
    yield from _loops(_affiliations(partners, library), "would belong to itself", hint)
    hint = "A successor is the organisation that came later."
    yield from _loops(_successions(partners, library), "would come after itself", hint)


def _loops(ties: Iterable[Tie], wrong: str, hint: str) -> Iterator[Problem]:
    for tie in closing(ties):
        there, line = tie.written_in, tie.written_in.source.line(tie.location)
        yield Problem(there.path, line, str(tie.location[0]), f"closes a loop: {tie.start.slug!r} {wrong}", hint)


def _affiliations(partners: Iterable[Partner], library: Library) -> Iterator[Tie]:
    """From each organisation to that which it belongs to, whichever of the two says so."""
    for partner in partners:
        if partner.parent and (whole := library.find(partner.parent)):
            yield Tie(partner, whole, partner, ("parent",))
        for number, reference in enumerate(partner.affiliates):
            if member := library.find(reference):
                yield Tie(member, partner, partner, ("affiliates", number))


def _successions(partners: Iterable[Partner], library: Library) -> Iterator[Tie]:
    for partner in partners:
        if partner.successor and (successor := library.find(partner.successor)):
            yield Tie(partner, successor, partner, ("successor",))


def _twice_abbreviated(partners: Iterable[Partner]) -> Iterator[Problem]:
    """Acronyms of two organisations: nobody could say which of the two a text means."""
    owners: dict[str, Partner] = {}
    for partner in partners:
        if partner.acronym and (owner := owners.setdefault(folded(partner.acronym), partner)) is not partner:
            line = partner.source.line(("acronym",))
            message = f"{partner.acronym!r} is the acronym of {owner.path}"
            place = partner.countries[0].name()
            hint = f"Add to one of the two what tells it apart, for example '{partner.acronym} {place}'."
            yield Problem(partner.path, line, "acronym", message, hint)


_TYPES = {
    "ngo": "NGO",
    "government": "GovernmentOrganization",
    "research": "ResearchOrganization",
    "donor": "FundingAgency",
    "cooperative": "Cooperative",
}
"""What organisations of some kinds are in schema.org, which knows no trade union: `same_as` of the kind says that."""


def _described(partner: Partner, nodes: Nodes) -> Node:
    country = partner.countries[0].code if len(partner.countries) == 1 else ""
    names = [name for name in partner.names if name not in (partner.title, partner.slug, partner.place)]
    return node(
        _TYPES.get(partner.kind.key, "Organization"),
        additionalType=partner.kind.same_as,
        alternateName=list(dict.fromkeys(names)),
        sameAs=[address for address in (partner.website, *partner.social.values()) if address],
        logo=nodes.picture(partner, partner.logo),
        address=partner.city and node("PostalAddress", addressLocality=partner.city, addressCountry=country),
        areaServed=nodes.places(partner),
        knowsAbout=nodes.subjects(partner),
        memberOf=nodes.publisher if partner.relation == "member" else None,
        parentOrganization=nodes.named(partner.parent),
        subOrganization=nodes.all_named(*partner.affiliates),
        contactPoint=_contact(partner.contact),
    )


def _contact(contact: Contact | None) -> Node | None:
    if contact is None or not contact.public:
        return None
    return node("ContactPoint", contactType=contact.role, email=contact.email, telephone=contact.phone)


COLLECTION = Collection("partners", Partner, checks=_checks, schema_type="Organization", described=_described)
