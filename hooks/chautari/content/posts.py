"""Posts: the blog of the network (schema:BlogPosting)."""

import datetime as dt

from chautari.entry import Collection, Entry, newest_first
from chautari.values import Day, DayOrInstant, EventRef, InitiativeRef, TrainingRef
from chautari.vocabulary import PostKind


class Post(Entry):
    """A dated text. A call may have a deadline, after which its page says that it is closed."""

    date: DayOrInstant
    kind: PostKind | None = None
    deadline: Day | None = None
    event: EventRef | None = None
    training: TrainingRef | None = None
    initiative: InitiativeRef | None = None

    def is_closed(self, today: dt.date) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and self.deadline < today

    def states(self, today: dt.date) -> tuple[object, ...]:
        return *super().states(today), self.is_closed(today)


# The address that the network's blog has always had, so that old links go on working.
COLLECTION = Collection("posts", Post, address="{entry.date:%Y/%m}/{slug}.html", order=newest_first)
