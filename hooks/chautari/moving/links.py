"""Where the links of old texts lead now: to the new files, as editors write links, wherever the target moved in too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname, relpath
from urllib.parse import SplitResult, parse_qs, quote, unquote, urljoin, urlsplit

from chautari.forwarding import LABEL_FEEDS, LABEL_PAGES
from chautari.moving.labels import Labels
from chautari.moving.places import Home
from chautari.moving.writing import plain
from chautari.vocabulary import folded

_SCHEMES = ("http", "https", "mailto", "tel")
_BLOGSPOT = re.compile(r"(?P<name>[a-z0-9-]+)\.blogspot\.[a-z.]+")
_MONTH = re.compile(r"/(\d{4})[/_](\d{2})(?:/|_\d\d_archive\.html)?")
_MAIL = re.compile(r"[^@\s/:?]+@[^@\s/]+\.[A-Za-z]{2,}")
_WEB = re.compile(r"www\.[^\s/]+\.[a-z]{2,}(/.*)?|[a-z0-9.-]+\.(com|org|net|int|info)(/.*)?", re.IGNORECASE)
_SAFE = "%/:=&?~#+!$,;@*-._"
"""What stays as it is in an address (RFC 3986); brackets would end a link in Markdown."""


@dataclass(frozen=True)
class Lead:
    """Where a link leads now, empty for nowhere; and what an editor should know of it."""

    target: str
    doubt: str = ""


class Links:
    """Answers where a link of an old text leads now."""

    def __init__(self, homes: Iterable[Home], hosts: Iterable[str], labels: Labels, live: Iterable[str]) -> None:
        self.hosts = list(dict.fromkeys(_without_www(host.casefold()) for host in hosts))
        self.names = {match["name"] for host in self.hosts if (match := _BLOGSPOT.fullmatch(host))}
        self.labels, self.live = labels, {folded(plain(label)) for label in live}
        self.homes: dict[str, Home] = {}
        self.months: set[str] = set()
        for home in homes:
            self._note(home)

    def lead(self, written: str, home: Home) -> Lead:
        """Where a link in an entry leads."""
        written = "".join(written.split())
        if written.startswith("#"):
            return Lead(written)
        try:
            parts = urlsplit(urljoin(self._base(home), _mended(written)))
        except ValueError:
            return Lead("", f"The link {written!r} is no address; its words stay.")
        if parts.scheme and parts.scheme not in _SCHEMES:
            return Lead("", f"The link {written[:80]!r} can be opened by nobody; its words stay.")
        if parts.scheme in ("mailto", "tel") or not self._is_own(parts):
            return Lead(quote(parts.geturl(), safe=_SAFE))
        return self._within(parts, home)

    def _within(self, parts: SplitResult, home: Home) -> Lead:
        """A link within the old site."""
        path = unquote(parts.path) or "/"
        if other := self.homes.get(path) or self.homes.get(path.removesuffix("/")):
            return Lead(quote(relpath(other.file, dirname(home.file))))
        query = parse_qs(parts.query)
        place = path.lstrip("/")
        if place.casefold().startswith((LABEL_PAGES, LABEL_FEEDS)):
            label = re.split(r"[?/]", place.removeprefix(LABEL_PAGES).removeprefix(LABEL_FEEDS).replace("+", " "))[0]
            address = self.labels.address(label) if folded(plain(label)) in self.live else ""
            if address:
                feed = "feed.xml" if place.startswith("feeds/") else ""
                return Lead(f"/{address}{feed}")
        elif place.rstrip("/") == "search" and "q" in query:
            return Lead(f"/search/?q={quote(query['q'][0])}")
        elif place.startswith("feeds/") or place in ("rss.xml", "atom.xml"):
            return Lead("/feed.xml")
        elif place in ("", "index.html"):
            return Lead("/")
        elif (month := _MONTH.fullmatch(path)) and f"{month[1]}/{month[2]}/" in self.months:
            return Lead(f"/{month[1]}/{month[2]}/")
        return self._outside(parts)

    def _outside(self, parts: SplitResult) -> Lead:
        """A link to what was on the old site and did not come along."""
        if not parts.netloc:
            return Lead("", f"The link {parts.geturl()!r} leads to nothing that came along; its words stay.")
        address = quote(parts.geturl(), safe=_SAFE)
        return Lead(address, f"The link {address} leads to something of the old site that did not come along.")

    def _note(self, home: Home) -> None:
        if home.is_published and home.item.address:
            self.homes[unquote(home.item.address)] = home
            if home.url.count("/") >= 2:
                self.months.add("/".join(home.url.split("/")[-3:-1]) + "/")

    def _is_own(self, parts: SplitResult) -> bool:
        host = _without_www((parts.hostname or "").casefold())
        if not host or host in self.hosts:
            return True
        blogspot = _BLOGSPOT.fullmatch(host)
        if blogspot and not self.hosts:  # an export that names no host: whoever has our addresses is us
            return unquote(parts.path) in self.homes
        return bool(blogspot and blogspot["name"] in self.names)

    def _base(self, home: Home) -> str:
        host = f"https://{self.hosts[0]}" if self.hosts else ""
        return f"{host}{home.item.address or '/'}"


def _without_www(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")


def _mended(written: str) -> str:
    """An address whose beginning somebody forgot."""
    if _MAIL.fullmatch(written):
        return f"mailto:{written}"
    return f"https://{written}" if _WEB.fullmatch(written) else written
