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
    for year, posts in groupby(library.all(Post), key=_year):
        of_year = tuple(posts)
        months = [(f"{year}/{number:02}/", of_month) for number, of_month in _by_month(of_year)]
        yield from paginated(
            Listing(
                f"{year}/",
                _("Posts of %(period)s") % {"period": year},
                template="archive.html",
                data={"months": months},
            ),
            of_year,
        )
        for url, of_month in months:
            name = month(of_month[0].date, site.language)
            yield from paginated(
                Listing(
                    url, _("Posts of %(period)s") % {"period": name}, template="archive.html", data={"year": f"{year}/"}
                ),
                of_month,
            )


def _year(post: Post) -> int:
    return post.date.year


def _by_month(posts: tuple[Post, ...]) -> Iterator[tuple[int, tuple[Post, ...]]]:
    for number, group in groupby(posts, key=lambda post: post.date.month):
        yield number, tuple(group)
