"""What readers wrote below the old entries: kept beside each entry as data, in the order in which it was said."""

import json
import re
import sqlite3
from collections.abc import Iterator
from html import unescape

import nh3

from chautari.moving.items import Item
from chautari.source import FORBIDDEN

_BREAK = re.compile(r"(?i)<br\s*/?>|</p>|</div>|</li>")


class Comments:
    """Live comments by the entry that they answer. They wait in a file of SQLite's own, not in memory."""

    def __init__(self) -> None:
        self._store = sqlite3.connect("")  # a temporary file, gone with the connection (SQLite, "Temporary Databases")
        self._store.execute("create table comment (parent text, date text, id text, author text, words text)")
        self.count = 0

    def add(self, item: Item) -> None:
        """Notes one."""
        date = item.published.isoformat() if item.published else ""
        author = " ".join(item.authors[0].split()) if item.authors else ""
        row = (item.parent, date, item.id, author, words_of(item.html))
        self._store.execute("insert into comment values (?, ?, ?, ?, ?)", row)
        self.count += 1

    def by_entry(self) -> Iterator[tuple[str, bytes, int]]:
        """For each entry its id, the file of its comments, and how many there are."""
        parents = [parent for (parent,) in self._store.execute("select distinct parent from comment order by parent")]
        for parent in parents:
            query = "select date, id, author, words from comment where parent = ? order by date, id"
            said = [
                {"id": name, "date": date, "author": author, "text": words}
                for date, name, author, words in self._store.execute(query, (parent,))
            ]
            yield parent, f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode(), len(said)

    def close(self) -> None:
        """Gives the file back."""
        self._store.close()


def words_of(html: str) -> str:
    """The words of a comment, a line for each of its lines; an address that it links to stands behind the words."""
    linked = re.sub(r"""(?is)<a\b[^>]*href=["']([^"']+)["'][^>]*>(.*?)</a>""", r"\2 (\1)", html)
    lines = unescape(nh3.clean(_BREAK.sub("\n", linked), tags=set())).splitlines()
    return "\n".join(filter(None, (FORBIDDEN.sub("", " ".join(line.split())) for line in lines)))
