"""All posts, newest first, ten a page; pinned ones before them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from chautari.channels import collection_channel
from chautari.content.posts import Post, open_calls
from chautari.library import Library
from chautari.listing import Listing, paginated
from chautari.site import Site
from chautari.wording import translations

OPEN_CALLS = 6


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/posts/, /posts/page/2/ …"""
    _ = translations(site.language).gettext
    posts = sorted(library.all(Post), key=lambda post: not post.is_pinned(site.today))
    data = {
        "calls": open_calls(posts, site.today)[:OPEN_CALLS],
        "archive": archive(posts),
        "facets": {name: library.counted_among(posts, name) for name in ("countries", "themes")},
    }
    channel = collection_channel(library, site, "posts")
    listing = Listing("posts/", _("All posts"), template="posts.html", channel=channel, data=data)
    yield from paginated(listing, posts)


def archive(posts: Iterable[Post]) -> list[tuple[int, int, list[tuple[date, int]]]]:
    """Every year that has posts, latest first, with their number, and its months as (first day, number)."""
    months = Counter(date(post.date.year, post.date.month, 1) for post in posts)
    years: dict[int, list[tuple[date, int]]] = {}
    for month in sorted(months, reverse=True):
        years.setdefault(month.year, []).append((month, months[month]))
    return [(year, sum(count for _, count in within), within) for year, within in years.items()]
