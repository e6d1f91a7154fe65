"""All posts, newest first, ten a page; pinned ones before them."""

from collections.abc import Iterator

from chautari.channels import site_channel
from chautari.content.posts import Post
from chautari.library import Library
from chautari.listing import Listing, paginated
from chautari.site import Site
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/posts/, /posts/page/2/ …"""
    _ = translations(site.language).gettext
    posts = sorted(library.all(Post), key=lambda post: not post.is_pinned(site.today))
    data = {"years": library.years("posts")}
    listing = Listing("posts/", _("All posts"), template="posts.html", channel=site_channel(library), data=data)
    yield from paginated(listing, posts)
