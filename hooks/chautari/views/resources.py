"""The library of resources, and what one may choose them by: with a script on the spot, without one by pages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from slugify import slugify

from chautari.channels import collection_channel
from chautari.choices import Choice, Choices, Filter, filters, narrowing, of_labels, of_term, values
from chautari.content.resources import Resource
from chautari.library import Library
from chautari.listing import PER_PAGE, Listing, paginated
from chautari.site import Site
from chautari.wording import language_name, section, translations

FOLDERS = {"kind": "kinds", "language": "languages", "year": "years", "publisher": "publishers"}
"""Where the pages of each group lie below resources/. Countries and themes have pages that list all types."""


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/resources/, /resources/all/ where that is more than a page, /resources/kinds/manual/ …"""
    _ = translations(site.language).gettext
    resources = library.all(Resource)
    chosen = {resource.path: choices_of(resource, library, site) for resource in resources}
    found = filters(chosen.values(), _titles(site))
    latest = [_latest_first(each) for each in found]
    data = {
        "facets": {name: library.counted_among(resources, name) for name in ("countries", "themes")},
        "ways": [_way(FOLDERS[name], len(each), site) for name, _title, each in found if name in FOLDERS],
        "choices": {path: values(choices) for path, choices in chosen.items()},
        "filters": narrowing(latest, len(resources)),
    }
    channel = collection_channel(library, site, "resources")
    title = section("resources", site.language)
    whole = len(resources) <= PER_PAGE
    first = data if whole else data | {"choices": {}, "all": "resources/all/"}
    listing = Listing("resources/", title, template="resources.html", channel=channel, data=first)
    yield from paginated(listing, resources)
    if not whole:
        yield _whole("resources/all/", _("All resources"), resources, filters=data["filters"], choices=data["choices"])
    yield from _ways(resources, chosen, latest, site)


def _way(folder: str, count: int, site: Site) -> tuple[str, str, int]:
    return f"resources/{folder}/", section(folder, site.language), count


def choices_of(resource: Resource, library: Library, site: Site) -> dict[str, list[Choice]]:
    """What a resource is chosen by, in groups."""
    spoken = dict.fromkeys((*resource.languages, *(item.language for item in resource.files if item.language)))
    return {
        "kind": [of_term(resource.kind, site)],
        **of_labels(resource, site),
        "language": [
            Choice(f"language:{code}", language_name(code, site.language)) for code in spoken or (resource.language,)
        ],
        "year": [Choice(f"year:{resource.year}", str(resource.year))],
        "publisher": _publisher(resource, library),
    }


def _publisher(resource: Resource, library: Library) -> list[Choice]:
    """A partner by its slug, so that all its names are one; else by the name."""
    if resource.publisher is None:
        return []
    partner, name = library.find(resource.publisher), library.title(resource.publisher)
    key = partner.slug if partner else slugify(name)
    return [Choice(f"publisher:{key}", name)] if key else []


def _titles(site: Site) -> dict[str, str]:
    _ = translations(site.language).gettext
    return {
        "kind": _("Kind"),
        "country": _("Country or region"),
        "theme": _("Theme"),
        "language": _("Language"),
        "year": _("Year"),
        "publisher": _("Publisher"),
    }


def _latest_first(each: Filter) -> Filter:
    """Years the other way round."""
    name, title, found = each
    return name, title, found[::-1] if name == "year" else found


def _whole(url: str, title: str, resources: Sequence[Resource], **data: object) -> Listing:
    """All of these on one page, by year: for the script that chooses among all, and for those who look through all.

    Other pages lead to each of them; no search need find them once more.
    """
    by_year = [(year, list(group)) for year, group in groupby(resources, key=lambda resource: resource.year)]
    return Listing(
        url,
        title,
        template="all-resources.html",
        entries=resources,
        total=len(resources),
        indexed=False,
        data={"groups": by_year, **data},
    )


def _ways(
    resources: Sequence[Resource], chosen: Mapping[str, Choices], found: Sequence[Filter], site: Site
) -> Iterator[Listing]:
    """For each group a page of its values, and for each value the resources that have it."""
    _ = translations(site.language).gettext
    by_value: dict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        for value in values(chosen[resource.path]):
            by_value[value].append(resource)
    for name, _title, counted in found:
        if name in FOLDERS:
            folder = f"resources/{FOLDERS[name]}/"
            named = {f"{folder}{value.partition(':')[2]}/": (words, value) for value, words, _count in counted}
            links = [(url, words, len(by_value[value])) for url, (words, value) in named.items()]
            title = _("Resources: %(value)s") % {"value": section(FOLDERS[name], site.language)}
            yield Listing(folder, title, template="ways.html", total=len(links), indexed=False, data={"links": links})
            for url, (words, value) in named.items():
                yield _whole(url, _("Resources: %(value)s") % {"value": words}, by_value[value])
