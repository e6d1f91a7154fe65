"""Rules for Apache 2.4: .htaccess, which takes hold where the host allows `AllowOverride FileInfo`."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from chautari.artifact import Artifact, Texts
from chautari.forwarding import LABEL_PAGES, UNKNOWN_LABEL, base, feeds, label_patterns
from chautari.headers import ANEW, CACHING, EVERYWHERE, TYPES, expression
from chautari.library import Library
from chautari.site import Site


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """The one file."""
    labels = [(pattern, term.url) for pattern, term in label_patterns(library, site)]
    files = feeds(library, site)
    yield Artifact(".htaccess", partial(htaccess, labels, files, base(site)), (labels, files))


def htaccess(labels: Sequence[tuple[str, str]], files: dict[str, str], start: str) -> bytes:
    """The page for what is not there, redirects, headers. A host without one of the modules overlooks its part."""
    lines = [
        f"ErrorDocument 404 {start}404.html",
        "AddDefaultCharset utf-8",
        *within("mod_rewrite.c", rewriting(labels, files, start)),
        *within("mod_headers.c", saying(start)),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def within(module: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that hold if a module is there."""
    yield f"<IfModule {module}>"
    yield from lines
    yield "</IfModule>"


def rewriting(labels: Iterable[tuple[str, str]], files: dict[str, str], start: str) -> Iterator[str]:
    """Which feed is asked for, then where it is. Apache reads this for every request: most leave at the second line."""
    yield "RewriteEngine On"
    yield rf"RewriteRule !^(?:feeds/|{LABEL_PAGES}|rss\.xml$) - [L]"
    yield rf"RewriteRule ^rss\.xml$ {start}feed.xml [QSD,R=301,L]"
    for asked, file in files.items():
        if asked:
            yield f"RewriteCond %{{QUERY_STRING}} (?:^|&)alt={asked}(?:&|$)"
        yield f"RewriteRule ^feeds/ - [E=FEED:{file}]"
    for pattern, url in labels:
        yield f'RewriteRule "{pattern}" {start}{url}%{{ENV:FEED}} [QSD,R=301,L]'
    yield f"RewriteRule ^{LABEL_PAGES} {start}{UNKNOWN_LABEL} [QSD,R=301,L]"
    yield f"RewriteRule ^feeds/ {start}%{{ENV:FEED}} [QSD,R=301,L]"


def saying(start: str) -> Iterator[str]:
    """Headers for all files, then for kinds of them."""
    for name, value in EVERYWHERE.items():
        yield f'Header always set {name} "{value}"'
    yield f'Header set Cache-Control "{ANEW}"'
    for name, table in (("Content-Type", TYPES), ("Cache-Control", CACHING)):
        for kind, value in table.items():
            yield f'<If "%{{REQUEST_URI}} =~ m#{expression(kind, start)}#">'
            yield f'Header set {name} "{value}"'
            yield "</If>"
