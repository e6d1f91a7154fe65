"""Pages: standing texts that are no news, such as those that came along from the old blog (schema:WebPage)."""

from chautari import citation
from chautari.entry import Collection, Entry
from chautari.schema_org import Node, Nodes, node


class Page(Entry):
    """A text without a place in time: who we are, how to join. Its date, where it has one, is that of its first day."""


def _described(page: Page, nodes: Nodes) -> Node:
    return nodes.own_work(page) | node("WebPage", mentions=nodes.all_named(*page.partners))


# The address that pages had on the old blog, so that old links go on working.
COLLECTION = Collection(
    "pages",
    Page,
    address="p/{slug}.html",
    schema_type="WebPage",
    described=_described,
    cited=citation.of_text,
    news=False,
)
