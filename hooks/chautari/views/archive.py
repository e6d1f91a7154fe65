"""The archive: the posts of each year and of each month."""

from collections.abc import Iterator
from itertools import groupby

from chautari.content.posts import Post
from chautari.library import Library
from chautari.listing import Listing, paginated
from chautari.site import Site
from chautari.wording import month, translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/2019/, /2019/06/ … for every year and month that has posts."""
    _ = translations(site.language).gettext
    years = library.years("posts")
    for year, group in groupby(library.all(Post), key=lambda post: post.date.year):
        posts = tuple(group)
        months = [(f"{year}/{number:02}/", of_month) for number, of_month in _by_month(posts)]
        counted = [(url, of_month[0].date, len(of_month)) for url, of_month in months]
        title = _("Posts of %(period)s") % {"period": year}
        yield from paginated(
            Listing(f"{year}/", title, template="archive.html", data={"months": counted, "years": years}), posts
        )
        for url, of_month in months:
            title = _("Posts of %(period)s") % {"period": month(of_month[0].date, site.language)}
            data = {"year": f"{year}/", "years": years}
            yield from paginated(Listing(url, title, template="archive.html", data=data), of_month)


def _by_month(posts: tuple[Post, ...]) -> Iterator[tuple[int, tuple[Post, ...]]]:
    for number, group in groupby(posts, key=lambda post: post.date.month):
        yield number, tuple(group)
