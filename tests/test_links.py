"""Links found by patterns in a Markdown text."""

import pytest

from chautari.links import find_links, find_unsafe

TEXT = """\
A [link](y.md) and ![a picture](q.png "Title") and [![small](s.jpg)](l.jpg), not `[code](no.md)`.

```
[code](no.md)
```

[r]: ref.md
<img class="x" src='h.png'> <a href="z.md#part">z</a> [a [b] c](<d.md>) <!-- [no](no.md) -->
"""


def test_every_link_with_its_line() -> None:
    assert [(link.target, link.line, link.picture) for link in find_links(TEXT, 10)] == [
        ("y.md", 10, False),
        ("q.png", 10, True),
        ("l.jpg", 10, False),
        ("s.jpg", 10, True),
        ("ref.md", 16, False),
        ("h.png", 17, True),
        ("z.md#part", 17, False),
        ("d.md", 17, False),
    ]


def test_parts_of_a_link() -> None:
    (link,) = find_links("[x](my%20file.md?a=1#part)")
    assert (link.path, link.scheme) == ("my file.md", "")
    (link,) = find_links("[x](mailto:a@example.org)")
    assert link.scheme == "mailto"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<script>alert(1)</script>", ["<script>"]),
        ('A <b onclick="x">b</b>\n<IFRAME src=x>', ["<IFRAME>", "onclick"]),
        ("`<script>` and one = two", []),
        ("5 < 6 and <b>bold</b>", []),
    ],
)
def test_markup_that_no_page_shows(text: str, found: list[str]) -> None:
    assert [markup for markup, _ in find_unsafe(text)] == found
