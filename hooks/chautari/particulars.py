"""What the page of one type shows of other things, beside what the pages of all types do.

The page's template is handed these by name, and its fingerprint holds them: nobody has to remember both.
"""

from functools import singledispatch
from typing import Any

from chautari import cascade, involvement
from chautari.affiliations import affiliations_of
from chautari.clocks import clocks
from chautari.content.events import Event
from chautari.content.initiatives import Initiative
from chautari.content.pages import Page
from chautari.content.partners import Partner
from chautari.content.posts import Post
from chautari.content.resources import Resource
from chautari.content.trainings import Training
from chautari.entry import Entry
from chautari.library import Library
from chautari.maps import map_of
from chautari.paths import path_of
from chautari.site import Site
from chautari.timeline import timeline


@singledispatch
def particulars(entry: Entry, library: Library, site: Site) -> dict[str, Any]:
    """Nothing, for most types."""
    return {}


@particulars.register
def _(event: Event, library: Library, site: Site) -> dict[str, Any]:
    """When it is elsewhere, and when else its training is given."""
    training = library.get(event.training) if event.training else None
    runs = library.mentioning(training) if training else ()
    return {
        "clocks": clocks(event.begins, event.ends, event.timezone, site) if event.is_timed else (),
        "runs": [run for run in runs if isinstance(run, Event) and run.work != event.work],
    }


@particulars.register(Post)
@particulars.register(Page)
def _(entry: Entry, library: Library, site: Site) -> dict[str, Any]:
    return {"comments": library.comments.get(entry.path, ())}


@particulars.register
def _(training: Training, library: Library, site: Site) -> dict[str, Any]:
    return {"reached": cascade.of_training(training, library), "path": path_of(training, library)}


@particulars.register
def _(partner: Partner, library: Library, site: Site) -> dict[str, Any]:
    parts = involvement.parts_of(partner, library)
    years = involvement.timeline(parts, library)
    return {
        "reached": cascade.of_partner(partner, library),
        "affiliations": affiliations_of(partner, library),
        "former": involvement.former(parts),
        "worked_with": involvement.worked_with(partner, parts, library),
        "parts": involvement.by_group(parts),
        "years": years,
        "open_years": involvement.open_years(years),
    }


@particulars.register
def _(initiative: Initiative, library: Library, site: Site) -> dict[str, Any]:
    """What came of it, and where: a map with a dot for each country of its places."""
    countries = dict.fromkeys(ground.country for ground in initiative.grounds if ground.country)
    return {
        "timeline": timeline(library.mentioning(initiative)),
        "shown_map": map_of([(country, 0) for country in countries], site),
    }


@particulars.register
def _(resource: Resource, library: Library, site: Site) -> dict[str, Any]:
    """The editions that came after it: whoever finds an old one should learn of them."""
    others = (other for other in library.mentioning(resource) if isinstance(other, Resource))
    return {"newer_editions": [other for other in others if _replaced(other, library) == resource.work]}


def _replaced(resource: Resource, library: Library) -> str:
    """The work that a resource replaces."""
    found = library.find(resource.replaces) if resource.replaces else None
    return found.work if found else ""
