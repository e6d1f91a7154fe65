"""What the page of one type shows of other things, beside what the pages of all types do.

The page's template is handed these by name, and its fingerprint holds them: nobody has to remember both.
"""

from functools import singledispatch
from typing import Any

from chautari import cascade
from chautari.clocks import clocks
from chautari.content.events import Event
from chautari.content.pages import Page
from chautari.content.partners import Partner
from chautari.content.posts import Post
from chautari.content.trainings import Training
from chautari.entry import Entry
from chautari.library import Library
from chautari.paths import path_of
from chautari.site import Site


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
    return {"reached": cascade.of_partner(partner, library)}
