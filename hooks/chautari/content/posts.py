"""Posts: the blog of the network (schema:BlogPosting)."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from chautari import citation
from chautari.dates import Day, DayOrInstant, day_of
from chautari.entry import Collection, Entry, newest_first
from chautari.references import EventRef, InitiativeRef, TrainingRef
from chautari.schema_org import Node, Nodes, node
from chautari.values import complaint
from chautari.vocabulary import PostKind


class Post(Entry):
    """A dated text. A call may have a deadline, after which its page says that it is closed."""

    date: DayOrInstant
    kind: PostKind | None = None
    deadline: Day | None = None
    event: EventRef | None = None
    training: TrainingRef | None = None
    initiative: InitiativeRef | None = None

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        if self.deadline and self.deadline < day_of(self.date):
            hint = f"It was published on {day_of(self.date)}."
            raise complaint("is before the date of publication", hint, "deadline")

    def is_closed(self, today: dt.date) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and self.deadline < today

    def states(self, today: dt.date) -> tuple[object, ...]:
        return *super().states(today), self.is_closed(today)


def open_calls(posts: Iterable[Post], today: dt.date) -> list[Post]:
    """What one may still answer today, the nearest deadline first."""
    calls = [post for post in posts if post.deadline and not post.is_closed(today)]
    return sorted(calls, key=lambda post: (post.deadline, post.slug))


_TYPES = {"announcement": "NewsArticle", "opinion": "OpinionNewsArticle"}
"""What posts of some kinds are in schema.org; all others are a BlogPosting."""


def _described(post: Post, nodes: Nodes) -> Node:
    kind = post.kind.key if post.kind else ""
    return nodes.own_work(post) | node(
        _TYPES.get(kind, "BlogPosting"),
        headline=post.title,
        genre=post.kind and post.kind.name(nodes.site.language),
        expires=(last := post.expires or post.deadline) and last.isoformat(),
        mentions=nodes.all_named(*post.partners, post.event, post.training, post.initiative),
    )


# The address that the network's blog has always had, so that old links go on working.
COLLECTION = Collection(
    "posts",
    Post,
    address="{entry.date:%Y/%m}/{slug}.html",
    order=newest_first,
    schema_type="BlogPosting",
    described=_described,
    cited=partial(citation.of_text, kind="post-weblog"),
)
