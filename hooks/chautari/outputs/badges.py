"""Credentials and awards for machines: Open Badges 2.0, hosted (section 4), and Achievements of Open Badges 3.0.

Of an award there is a 2.0 assertion only: its address proves it. A 3.0 credential would have to be signed with a key,
which a static site cannot keep secret.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from chautari.artifact import Artifact, Texts
from chautari.awards import Award
from chautari.content.credentials import Credential, Skill
from chautari.content.partners import Partner
from chautari.dates import instant_of
from chautari.entry import Entry
from chautari.library import Library
from chautari.site import Site

FOLDER = "credentials/"
OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"
OPEN_BADGES_3 = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]

Document: TypeAlias = dict[str, Any]


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """Two files for each credential, one for each of their issuers, one for each award."""
    credentials = [entry for entry in library.published if isinstance(entry, Credential) and entry.original]
    issuers: dict[str, Partner] = {}
    for credential in credentials:
        issuer = library.get(credential.issuer)
        if isinstance(issuer, Partner):
            issuers[issuer.slug] = issuer
            yield _file(badge_url(credential), badge(credential, issuer, library, site))
            yield _file(f"{FOLDER}{credential.slug}/achievement.json", achievement(credential, issuer, library, site))
    for _, partner in sorted(issuers.items()):
        yield _file(issuer_url(partner), profile(partner, library, site))
    known = {credential.work: credential for credential in credentials}
    for award in library.awards:
        found = library.find(award.credential)
        if found and found.work in known:
            credential = known[found.work]
            shows = (award.record(), award.digest, credential.slug)
            yield Artifact(award.data_url, partial(assertion_json, award, credential, site), shows)


def _file(url: str, document: Document) -> Artifact:
    return Artifact(url, partial(as_json, document), (json.dumps(document),))


def assertion_json(award: Award, credential: Credential, site: Site) -> bytes:
    """The file of an award: of these there may be thousands, so none is made before it is wanted."""
    return as_json(assertion(award, credential, site))


def as_json(document: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8, for people to read as well."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def badge_url(credential: Credential) -> str:
    """The address of a BadgeClass from the site's root."""
    return f"{FOLDER}{credential.slug}/badge.json"


def issuer_url(partner: Partner) -> str:
    """The address of an issuer's Profile from the site's root."""
    return f"{FOLDER}issuer/{partner.slug}.json"


def picture(entry: Entry, file: str, library: Library, site: Site) -> str | None:
    """The address of the largest published form of a picture. What was withdrawn has none."""
    found = library.renditions(entry, file) if entry.status != "withdrawn" else None
    return site.absolute(found.largest.url) if found else None


def _filled(**fields: Any) -> Document:
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}


# --- Open Badges 2.0 ---


def profile(partner: Partner, library: Library, site: Site) -> Document:
    """Who awards (section 4.3). An e-mail address is told only if the partner has made it public."""
    logo = partner.logo or partner.image
    return {
        "@context": OPEN_BADGES_2,
        "type": "Issuer",
        "id": site.absolute(issuer_url(partner)),
        **_filled(
            name=partner.title,
            url=partner.website or site.absolute(partner.url),
            description=partner.mission or partner.summary,
            email=partner.contact and partner.contact.email,
            image=logo and picture(partner, logo.file, library, site),
        ),
    }


def badge(credential: Credential, issuer: Partner, library: Library, site: Site) -> Document:
    """What is awarded: a BadgeClass (section 4.2)."""
    address = site.absolute(credential.url)
    return {
        "@context": OPEN_BADGES_2,
        "type": "BadgeClass",
        "id": site.absolute(badge_url(credential)),
        **_filled(
            name=credential.title,
            description=credential.description,
            image=picture(credential, credential.image.file, library, site),
            criteria={"id": address, "narrative": credential.criteria},
            issuer=site.absolute(issuer_url(issuer)),
            alignment=[_alignment(skill) for skill in credential.skills if skill.url],
            tags=[skill.name for skill in credential.skills],
        ),
        "@language": credential.language,
    }


def _alignment(skill: Skill) -> Document:
    """A skill that stands in a framework; without an address it would not be one (both versions)."""
    return _filled(targetName=skill.name, targetUrl=skill.url, targetFramework=skill.framework)


def assertion(award: Award, credential: Credential, site: Site) -> Document:
    """That somebody was awarded it (section 4.1). Of a revoked one only that it is, and why.

    `record` and `digest` are ours, and other programs pass them over: the page that verifies compares them.
    """
    found: Document = {
        "@context": OPEN_BADGES_2,
        "type": "Assertion",
        "id": site.absolute(award.data_url),
        "badge": site.absolute(badge_url(credential)),
        "issuedOn": _instant(award.date, site),
    }
    if award.revoked:
        found |= {"revoked": True, "revocationReason": award.reason}
    else:
        found |= {
            "recipient": {"type": "email", "hashed": True, "salt": award.salt, "identity": award.recipient},
            "verification": {"type": "hosted"},
            # It holds on its last day, so it ends with the next.
            **_filled(expires=award.expires and _instant(award.expires + dt.timedelta(days=1), site)),
        }
    return found | {"record": award.record(), "digest": award.digest}


def _instant(day: dt.date, site: Site) -> str:
    return instant_of(day, site.zone).isoformat()


# --- Open Badges 3.0 ---


def achievement(credential: Credential, issuer: Partner, library: Library, site: Site) -> Document:
    """What is awarded, as the later version says it (Achievement, section B.1)."""
    image = picture(credential, credential.image.file, library, site)
    framed = [skill for skill in credential.skills if skill.url]
    return {
        "@context": OPEN_BADGES_3,
        "id": site.absolute(f"{FOLDER}{credential.slug}/achievement.json"),
        "type": ["Achievement"],
        "achievementType": "Certificate",
        **_filled(
            name=credential.title,
            description=credential.description,
            criteria={"id": site.absolute(credential.url), "narrative": credential.criteria},
            image=image and _filled(id=image, type="Image", caption=credential.image.words),
            creator={
                "id": site.absolute(issuer_url(issuer)),
                "type": ["Profile"],
                "name": issuer.title,
                "url": issuer.website or site.absolute(issuer.url),
            },
            alignment=[{"type": ["Alignment"], **_alignment(skill)} for skill in framed],
            tag=[skill.name for skill in credential.skills],
            inLanguage=credential.language,
        ),
    }
