"""Rules for nginx: nginx.conf, to be included in the site's own `server { … }`.

It holds nothing secret, and stands in the site's folder because it changes with the labels as the site does.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from chautari.artifact import Artifact, Texts
from chautari.forwarding import LABEL_PAGES, UNKNOWN_LABEL, base, feeds, label_patterns
from chautari.headers import ANEW, CACHING, EVERYWHERE, TYPES, expression
from chautari.library import Library
from chautari.site import Site


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """The one file."""
    labels = [(pattern, term.url) for pattern, term in label_patterns(library, site, base(site))]
    files = feeds(library, site)
    yield Artifact("nginx.conf", partial(conf, labels, files, base(site)), (labels, files))


def conf(labels: Sequence[tuple[str, str]], files: dict[str, str], start: str) -> bytes:
    """The page for what is not there, redirects, headers."""
    lines = [
        f"error_page 404 {start}404.html;",
        "charset utf-8;",
        *rewriting(labels, files, start),
        *saying(start),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def rewriting(labels: Sequence[tuple[str, str]], files: dict[str, str], start: str) -> Iterator[str]:
    """Which feed is asked for, then where it is; the ? at the end drops the query."""
    yield f'set $hub_feed "{files[""]}";'
    for asked, file in files.items():
        if asked:
            yield f'if ($arg_alt = "{asked}") {{ set $hub_feed "{file}"; }}'
    yield f"location = {start}rss.xml {{ return 301 {start}feed.xml; }}"
    for place, file, unknown in ((LABEL_PAGES, "", UNKNOWN_LABEL), ("feeds/", "$hub_feed", "$hub_feed")):
        yield f"location ^~ {start}{place} {{"
        for pattern, url in labels:
            yield f'rewrite "{pattern}" "{start}{url}{file}?" permanent;'
        yield f'rewrite ^ "{start}{unknown}?" permanent;'
        yield "}"


def saying(start: str) -> Iterator[str]:
    """Headers. A `location` with one of its own would lose those of the server, so that a variable says the caching."""
    yield f'set $hub_caching "{ANEW}";'
    for kind, value in CACHING.items():
        yield f'if ($uri ~ "{expression(kind, start)}") {{ set $hub_caching "{value}"; }}'
    yield 'add_header Cache-Control "$hub_caching";'
    for name, value in EVERYWHERE.items():
        yield f'add_header {name} "{value}" always;'
    for kind, value in TYPES.items():
        yield f'location ~ "{expression(kind, start)}" {{ types {{ }} default_type "{value}"; }}'
