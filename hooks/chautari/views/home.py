"""The home page: what is new, what is coming up, and the ways into the hub."""

from collections.abc import Iterator

from chautari.channels import site_channel
from chautari.content.events import Event
from chautari.content.partners import Partner
from chautari.content.posts import Post, open_calls
from chautari.content.trainings import Training
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.vocabulary import Term

NEW_POSTS = 6
COMING_EVENTS = 3
OPEN_CALLS = 6
TRAININGS = 3
PARTNERS = 24
LABELS = 24


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """The one page at the site's root; its words come from docs/index.md."""
    posts = library.all(Post)
    pinned = [post for post in posts if post.is_pinned(site.today)]
    newest = [*pinned, *(post for post in posts if post not in pinned)][:NEW_POSTS]
    coming = sorted(
        (event for event in library.all(Event) if not event.is_past(site.today)), key=lambda event: event.begins
    )
    yield Listing(
        "",
        site.name,
        template="home.html",
        entries=newest,
        text="index.md",
        channel=site_channel(library, site),
        total=len(posts),
        data={
            "calls": open_calls(posts, site.today)[:OPEN_CALLS],
            "coming": coming[:COMING_EVENTS],
            "trainings": library.all(Training)[:TRAININGS],
            "labels": {name: (most_borne(library, name), len(library.terms(name))) for name in ("countries", "themes")},
            "partners": known_best(library)[:PARTNERS],
            "languages": [(code, f"{code.lower()}/") for code in library.languages() if code != site.language],
            "all_partners": len(library.of("partners")),
        },
    )


def most_borne(library: Library, vocabulary: str) -> list[tuple[Term, int]]:
    """The terms that most entries bear, each with their number, in the vocabulary's order."""
    counted = library.counted(vocabulary)
    kept = sorted(counted, key=lambda pair: -pair[1])[:LABELS]
    return [pair for pair in counted if pair in kept]


def known_best(library: Library) -> list[Partner]:
    """The partners, those first that most entries name, members before others."""

    def rank(partner: Partner) -> tuple[bool, int]:
        return partner.relation != "member", -len(library.mentioning(partner))

    return sorted(library.all(Partner), key=rank)
