"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from chautari.channels import Channel
from chautari.feeds.items import Item, Person
from chautari.site import Site


def json_feed(
    channel: Channel, url: str, items: Sequence[Item], entry: Callable[[Item], dict[str, Any]], site: Site
) -> bytes:
    """A channel as JSON Feed, to be published at `url`; `entry` makes an object of an item or remembers it."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.full_title(site),
        "home_page_url": site.absolute(channel.url),
        "feed_url": site.absolute(url),
        "description": channel.description or site.description,
        "language": channel.language or site.language,
        "authors": [{"name": site.name, "url": site.absolute("")}],
        "items": [entry(item) for item in items],
    }
    return json.dumps(_given(feed) | {"items": feed["items"]}, ensure_ascii=False, separators=(",", ":")).encode()


def json_entry(item: Item) -> dict[str, Any]:
    """An item as an object."""
    attachments = [
        {"url": each.url, "mime_type": each.media_type, "size_in_bytes": each.size} for each in item.attachments
    ]
    return _given(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_html": item.html,
            "summary": item.summary,
            "image": item.image,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": _people(item.authors),
            "tags": [category.label for category in item.categories],
            "language": item.language,
            "attachments": attachments,
        }
    )


def _people(people: Sequence[Person]) -> list[dict[str, Any]]:
    return [_given(person._asdict()) for person in people]


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields without the empty ones."""
    return {name: value for name, value in fields.items() if value}
