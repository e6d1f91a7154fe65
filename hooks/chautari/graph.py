"""What a page tells machines: one JSON-LD graph of the site, its publisher, the page, and what the page is about."""

import json
from typing import Any

from chautari.entry import Entry
from chautari.listing import PER_PAGE, Listing
from chautari.schema_org import Node, Nodes, filled, node
from chautari.wording import section

# In a <script> these could end it, or open a comment in it; in a JSON string the escapes mean the same (RFC 8259, 7).
_ESCAPED = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

# A graph is a tree of nodes: to look for circles takes a quarter of the time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def script(found: Any) -> str:
    """JSON as the text of a <script>."""
    text = _ENCODER.encode(found)
    for character, escape in _ESCAPED.items():
        text = text.replace(character, escape)
    return text


class Graphs:
    """The graphs of all pages: what each of them holds is here, what a thing is called in it is in `Nodes`."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes, self.site = nodes, nodes.site
        self._opening = script({"@context": "https://schema.org", "@graph": self._site()}).removesuffix("]}")
        """How each graph begins: half of what most of them hold."""

    def of_entry(self, entry: Entry) -> str:
        """The page of one thing: of an organisation it is a profile."""
        is_organisation = self.nodes.library.collections[entry.collection].schema_type == "Organization"
        page = self._page("ProfilePage" if is_organisation else "WebPage", entry.url, entry.title, entry.language)
        page["mainEntity"] = {"@id": self.nodes.identity(entry.url)}
        crumbs = [(f"{entry.collection}/", section(entry.collection, self.site.language)), (entry.url, entry.title)]
        return self._graph(page, self._breadcrumbs(entry.url, crumbs), self.nodes.whole(entry))

    def of_listing(self, listing: Listing) -> str:
        """A page that lists things: those that it shows, and the label that they bear."""
        if not listing.url:
            return self.of_page("", self.site.name)
        about = self._subject(listing)
        kind = "CollectionPage" if listing.entries or about else "WebPage"
        page = self._page(kind, listing.url, listing.title, self.site.language) | filled(
            about=about and {"@id": about["@id"]}, mainEntity=self._items(listing) if listing.entries else None
        )
        return self._graph(page, self._breadcrumbs(listing.url, self._path(listing)), about)

    def of_page(self, url: str, title: str) -> str:
        """A standing page; the home page has none above it."""
        page = self._page("WebPage", url, title, self.site.language)
        return self._graph(page, self._breadcrumbs(url, [(url, title)]) if url else None)

    # --- parts ---

    def _graph(self, *own: Node | None) -> str:
        """The text of a graph: what all hold, and what one holds beside it."""
        return self._opening + "," + script(list(filter(None, own))).removeprefix("[") + "}"

    def _site(self) -> tuple[Node, Node]:
        home = self.nodes.address("")
        search = {
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{self.nodes.address('search/')}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        }
        site = node(
            "WebSite",
            **{"@id": self.nodes.address("#website")},
            url=home,
            name=self.site.name,
            description=self.site.description,
            inLanguage=self.site.language,
            publisher=self.nodes.publisher,
            potentialAction=node("SearchAction", **search),
        )
        return site, node("Organization", **self.nodes.publisher, name=self.site.name, url=home)

    def _page(self, kind: str, url: str, title: str, language: str) -> Node:
        address = self.nodes.address(url)
        return node(
            kind,
            **{"@id": address},
            url=address,
            name=title,
            inLanguage=language,
            isPartOf={"@id": self.nodes.address("#website")},
            breadcrumb={"@id": f"{address}#breadcrumbs"} if url else None,
        )

    def _breadcrumbs(self, url: str, crumbs: list[tuple[str, str]]) -> Node:
        steps = [
            node("ListItem", position=number, name=name, item=self.nodes.address(place))
            for number, (place, name) in enumerate([("", self.site.name), *crumbs], 1)
        ]
        return node("BreadcrumbList", **{"@id": f"{self.nodes.address(url)}#breadcrumbs"}, itemListElement=steps)

    def _subject(self, listing: Listing) -> Node | None:
        """What a list is about: the label that its entries bear, or the set of labels that it is."""
        if listing.term:
            return self.nodes.described_term(listing.term)
        if "terms" not in listing.data:
            return None
        return node(
            "DefinedTermSet",
            **{"@id": self.nodes.identity(listing.url)},
            name=listing.title,
            hasDefinedTerm=[self.nodes.term(term) for term, _ in listing.data["terms"]],
        )

    def _path(self, listing: Listing) -> list[tuple[str, str]]:
        """The lists above a list, as its address has them: countries/ above countries/nepal/, 2019/ above 2019/06/."""
        url, above, crumbs = listing.first_url or listing.url, "", []
        for step in url.rstrip("/").split("/")[:-1]:
            above += f"{step}/"
            crumbs.append((above, section(step, self.site.language)))
        return [*crumbs, (url, listing.title)]

    def _items(self, listing: Listing) -> Node:
        """The first entries that the page shows, by their place in the whole list."""
        address = self.nodes.address
        shown = [
            {
                "@type": "ListItem",
                "position": listing.before + number,
                "name": entry.title,
                "url": address(entry.url),
            }
            for number, entry in enumerate(listing.entries[:PER_PAGE], 1)
        ]
        return node("ItemList", numberOfItems=listing.total, itemListElement=shown)
