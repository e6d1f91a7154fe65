"""Browsing by label: the terms in use of each vocabulary, and a page for each term.

The list of countries is a map and a table: see countries.py.
"""

from collections.abc import Iterator

from chautari import cascade
from chautari.calendars import calendar_address
from chautari.channels import pair_url, term_channel
from chautari.library import Library
from chautari.listing import Listing, at_length, paginated
from chautari.site import Site
from chautari.vocabulary import LABELS, Term
from chautari.wording import section


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/themes/, /themes/decent-work/, /themes/decent-work/page/2/ …"""
    for vocabulary in LABELS:
        if not library.vocabularies[vocabulary].terms:  # a hub that was never a blog has no topics
            continue
        counted = library.counted(vocabulary)
        if vocabulary != "countries":
            yield Listing(
                f"{vocabulary}/",
                section(vocabulary, site.language),
                template="terms.html",
                total=len(counted),
                data={"terms": counted},
            )
        for term, count in counted:
            entries = library.labelled(term)
            groups = library.grouped(entries)
            data = {
                "groups": groups,
                "calendar": calendar_address(term.url, entries),
                "count": count,
                "narrower": [(below, len(library.labelled(below))) for below in library.narrower(term)],
                "facets": facets(library, term),
                "reached": cascade.of_place(term, library),
            }
            listing = Listing(
                term.url,
                term.name(site.language),
                template="term.html",
                terms=(term,),
                channel=term_channel(library, site, term),
                data=data,
            )
            in_pages = at_length if vocabulary == "regions" else paginated
            yield from in_pages(listing, groups.get("posts", ()))


def facets(library: Library, term: Term) -> list[tuple[Term, str, int]]:
    """What narrows a country's page by theme and a theme's by country: each term, the pair's address and its count."""
    return [
        (theme if term is country else country, pair_url(country, theme), len(entries))
        for (country, theme), entries in library.pairs().items()
        if term in (country, theme)
    ]
