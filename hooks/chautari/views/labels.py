"""Browsing by label: the terms in use of each vocabulary, and a page for each term."""

from collections.abc import Iterator

from chautari.channels import term_channel
from chautari.entry import Entry
from chautari.library import Library
from chautari.listing import Listing, paginated
from chautari.site import Site
from chautari.vocabulary import LABELS
from chautari.wording import section


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/countries/, /countries/bangladesh/, /countries/bangladesh/page/2/ …"""
    for vocabulary in LABELS:
        counted = library.counted(vocabulary)
        title = section(vocabulary, site.language)
        yield Listing(f"{vocabulary}/", title, template="terms.html", total=len(counted), data={"terms": counted})
        for term, _count in counted:
            bearing = library.labelled(term)
            by_collection: dict[str, list[Entry]] = {name: [] for name in library.collections}
            for entry in bearing:
                by_collection[entry.collection].append(entry)
            posts = by_collection.pop("posts", [])
            others = [
                (name, sorted(entries, key=library.collections[name].order))
                for name, entries in by_collection.items()
                if entries
            ]
            yield from paginated(
                Listing(
                    term.url,
                    term.name(site.language),
                    template="term.html",
                    term=term,
                    channel=term_channel(library, term),
                    data={"others": others, "narrower": library.narrower(term)},
                ),
                posts,
            )
