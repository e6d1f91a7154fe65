"""What a host should say of the site's files: their media types, how long they may be kept, what a page may load."""

import re

ANEW = "no-cache"
"""Kept, but asked for anew by its ETag each time: pages, and whatever is not in `CACHING`."""

_FEED = "public, max-age=900, must-revalidate"
_MONTH = "public, max-age=2592000"
_FOR_EVER = "public, max-age=31536000, immutable"

WITHIN_PAGES = (
    "'sha256-2qxifw4Xt6Qe+iIsgBKzSb0V70CAFb29H4cxIWPoKgA='",  # partials/head.html
    "'sha256-SwtIddmSDIo4M5OZ7RIOBAhF4gFjvBQp1CmGb5jG1zA='",  # partials/clocks.html
)
"""The scripts that stand within pages, because they must run before anything is painted, by their digests."""

# The search engine compiles WebAssembly, tables align their columns by attributes, and the style sheets hold pictures
# as data: addresses.
POLICY = "; ".join(
    [
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' {' '.join(WITHIN_PAGES)}",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": POLICY,
}

TYPES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "feed-summary.xml": "application/rss+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "feeds.opml": "text/x-opml; charset=utf-8",
    "*.ics": "text/calendar; charset=utf-8",
    # Blogger's feed at its old address has no ending: nobody could guess.
    "feeds/posts/default": "application/atom+xml; charset=utf-8",
}
"""Media types that hosts guess wrongly, by a file's name in any folder, by its ending, or by its path."""

CACHING = {
    **dict.fromkeys(TYPES, _FEED),
    # Their names change with their content.
    "assets/stylesheets/*": _FOR_EVER,
    "pagefind/facet/*": _FOR_EVER,
    "pagefind/fragment/*": _FOR_EVER,
    "pagefind/index/*": _FOR_EVER,
    "pagefind/order/*": _FOR_EVER,
    **dict.fromkeys([f"*.{ending}" for ending in ("avif", "gif", "jpg", "jpeg", "png", "webp")], _MONTH),
}
"""How long a file may be kept, in the same words."""


def expression(kind: str, start: str) -> str:
    """A regular expression (PCRE) for the paths below `start` that a word of the tables above means."""
    start, path = re.escape(start), re.escape(kind).replace(r"\*", ".*")
    return f"^{start}{path}$" if "/" in kind or "*" in kind else f"^{start}(?:.*/)?{path}$"
