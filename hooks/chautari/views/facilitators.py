"""Each training once more, for those who give it: /trainings/<slug>/facilitator/."""

from collections.abc import Iterator

from chautari.content.trainings import Training
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """A page for each training that has one.

    It is public, because nobody can give a training without it, but no search leads there: it says again what the
    training's own page says, and those who want to take part should find that one.
    """
    _ = translations(site.language).gettext
    for entry in library.published:
        if isinstance(entry, Training) and entry.status != "withdrawn":
            title = _("%(title)s: for facilitators") % {"title": entry.title}
            url = f"{entry.url}facilitator/"
            resources = [library.get(material.resource) for material in entry.materials if material.resource]
            data = {"training": entry, "resources": resources}
            yield Listing(url, title, template="facilitator.html", indexed=False, data=data)
