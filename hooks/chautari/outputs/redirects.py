"""Pages at old addresses that lead to where an entry stands now, for hosts that can serve nothing but files."""

from collections.abc import Callable, Iterator
from functools import partial

from lxml.html import builder, tostring

from chautari.artifact import Artifact
from chautari.entry import Entry
from chautari.library import Library
from chautari.site import Site, destination, relative_url
from chautari.wording import translations


def artifacts(library: Library, site: Site, html: Callable[[Entry], str]) -> Iterator[Artifact]:
    """One page for each old address of each published entry."""
    for entry in library.published:
        for address in entry.former_addresses:
            old = address.lstrip("/")
            yield Artifact(destination(old), partial(redirect, old, entry, site), (old, entry))


def redirect(old: str, entry: Entry, site: Site) -> bytes:
    """A page that leads from an old address to an entry, at once and by a link."""
    way = relative_url(old, entry.url)
    page = builder.HTML(
        builder.HEAD(
            builder.META(charset="utf-8"),
            builder.TITLE(entry.title),
            builder.META({"http-equiv": "refresh"}, content=f"0; url={way}"),
            builder.LINK(rel="canonical", href=site.absolute(entry.url)),
            builder.META(name="robots", content="noindex"),
        ),
        builder.BODY(
            builder.P(
                translations(site.language).gettext("This page has moved:"), " ", builder.A(entry.title, href=way)
            )
        ),
        lang=entry.language,
    )
    return bytes(tostring(page, doctype="<!doctype html>", encoding="utf-8"))
