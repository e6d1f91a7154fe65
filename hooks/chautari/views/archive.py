"""The archive: the posts of each year, by their titles, and of each month."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from chautari.content.posts import Post
from chautari.library import Library
from chautari.listing import Listing, at_length
from chautari.site import Site
from chautari.wording import month, translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/2019/, /2019/06/ … for every year and month that has posts."""
    _ = translations(site.language).gettext
    years = library.years("posts")
    for year, posts in _grouped(library.all(Post), lambda post: post.date.year):
        months = [
            (f"{year}/{number:02}/", of_month) for number, of_month in _grouped(posts, lambda post: post.date.month)
        ]
        counted = [(url, of_month[0].date, len(of_month)) for url, of_month in months]
        title = _("Posts of %(period)s") % {"period": year}
        listing = Listing(f"{year}/", title, template="year.html", data={"months": counted, "years": years})
        yield from at_length(listing, list(chain.from_iterable(of_month for _, of_month in months)), cards=0)
        for url, of_month in months:
            title = _("Posts of %(period)s") % {"period": month(of_month[0].date, site.language)}
            data = {"year": f"{year}/", "months": counted, "years": years}
            yield from at_length(Listing(url, title, template="archive.html", data=data), of_month)


def _grouped(posts: Iterable[Post], key: Callable[[Post], int]) -> list[tuple[int, tuple[Post, ...]]]:
    """The posts of each year or month, latest first; by instant they may be in another order, because zones differ."""
    groups: dict[int, list[Post]] = defaultdict(list)
    for post in posts:
        groups[key(post)].append(post)
    return [(number, tuple(groups[number])) for number in sorted(groups, reverse=True)]
