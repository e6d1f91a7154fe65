"""Rules for Netlify and Cloudflare Pages, which read the same two files: _redirects and _headers.

Only what both understand is used. A line that asks for a query parameter, which Netlify knows, makes Cloudflare refuse
the whole site: so `?alt=rss` gets the Atom feed here, which every reader's program understands as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from urllib.parse import quote

from chautari.artifact import Artifact, Texts
from chautari.forwarding import LABEL_FEEDS, LABEL_PAGES, UNKNOWN_LABEL, base, feeds, labels
from chautari.headers import CACHING, EVERYWHERE, TYPES
from chautari.library import Library
from chautari.site import Site

MOST = 2_000
"""How many rules without a wildcard Cloudflare takes; they have to stand before those that have one."""


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """The two files."""
    addresses = {label: term.url for label, term in labels(library, site).items()}
    feed = feeds(library, site)[""]
    yield Artifact("_redirects", partial(redirects, addresses, feed, base(site)), (addresses, feed))
    yield Artifact("_headers", partial(headers, base(site)), ())


def redirects(addresses: Mapping[str, str], feed: str, start: str) -> bytes:
    """A line for each old address; feeds first, because the pages of labels stand there as files, too."""
    exact = [("feeds/posts/default", feed), ("rss.xml", "feed.xml")]
    exact += [(LABEL_FEEDS + quote(label, safe=""), url + feed) for label, url in addresses.items()]
    exact += [(LABEL_PAGES + quote(label, safe=""), url) for label, url in addresses.items()]
    rest = [(f"{LABEL_PAGES}*", UNKNOWN_LABEL), ("feeds/*", feed)]
    lines = [f"{start}{old} {start}{new} 301\n" for old, new in (*islice(exact, MOST), *rest)]
    return "".join(lines).encode()


def headers(start: str) -> bytes:
    """A block for each kind of file. Values of two blocks are joined: so pages are left to the hosts' own caching."""
    blocks = [("*", EVERYWHERE)]
    blocks += [(path, {"Content-Type": value}) for kind, value in TYPES.items() for path in paths(kind)]
    blocks += [(path, {"Cache-Control": value}) for kind, value in CACHING.items() for path in paths(kind)]
    return "".join(line for path, values in blocks for line in block(start + path, values)).encode()


def paths(kind: str) -> list[str]:
    """A name of chautari.headers as these hosts write it: one that may be in any folder takes two lines."""
    return [kind] if "/" in kind or "*" in kind else [kind, f"*/{kind}"]


def block(path: str, values: Mapping[str, str]) -> Iterable[str]:
    """The lines for one path."""
    yield f"{path}\n"
    for name, value in values.items():
        yield f"  {name}: {value}\n"
