"""A hub that has moved in is built: every old address answers, every word is there."""

import datetime as dt
from pathlib import Path
from urllib.parse import unquote

import pytest

from chautari.moving.items import Item
from chautari.site import destination
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.moving.exports import HOST, KATHMANDU, Export, item, move_in

POSTS = 60


def old_blog(posts: int = POSTS) -> list[Item]:
    """Posts over five years, each linking to the one before, with every kind of label; pages, drafts, a moved post."""

    def one(number: int) -> Item:
        moment = dt.datetime(2014 + number // 12 % 12, 1 + number % 12, 1 + number % 28, 23, tzinfo=KATHMANDU)
        before = dt.datetime(2014 + (number - 1) // 12 % 12, 1 + (number - 1) % 12, 1, tzinfo=KATHMANDU)
        links = [
            f"http://{HOST}/{before:%Y/%m}/text-{number - 1}.html",
            f"http://{HOST}/search/label/Odd%20{number % 3}",
        ]
        links += [
            "http://oldblog.blogspot.in/p/about.html?m=1",
            f"http://{HOST}/{moment:%Y/%m}/",
            f"http://{HOST}/feeds/posts/default",
        ]
        words = "".join(f'<a href="{link}">link</a> ' for link in links)
        labels = ("Nepal", "Decent Work", f"Odd {number % 3}")
        return item(number=number, published=moment, html=f"<p>Words of number {number}. {words}</p>", labels=labels)

    moved = item(number=90_000, slug="moved", address="/2013/01/wandering.html")
    strange = item(number=90_001, address="/2019/06/नेपाल.html")
    more = [item("page", 90_002, slug="about", title="About us"), item(number=90_003, state="draft"), moved, strange]
    return [*map(one, range(1, posts + 1)), *more]


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("moved"))
    report = move_in(root, Export(old_blog()))
    assert report.outcomes == {"new": POSTS + 4}
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def test_every_old_address_answers(moved_in: Path) -> None:
    live = [thing for thing in old_blog() if thing.state == "live"]
    for thing in live:
        answer = moved_in / "site" / destination(unquote(thing.address).lstrip("/"))
        assert answer.is_file(), thing.address
    assert len((moved_in / "content/urls.txt").read_text("utf-8").splitlines()) == len(live)


def test_the_words_and_links_are_there(moved_in: Path) -> None:
    post = page(moved_in, "2015/03/text-14.html")
    assert "Words of number 14." in text_of(post)
    targets = [link.get("href") for link in post.xpath("//article//p[contains(., 'Words of number')]/a")]
    assert targets == [
        "../../2015/02/text-13.html",
        "../../topics/odd-2/",
        "../../p/about.html",
        "../../2015/03/",
        "../../feed.xml",
    ]


def test_topics_have_pages_feeds_and_old_addresses(moved_in: Path) -> None:
    for address in ("topics/", "topics/odd-1/", "search/label/Odd 1/"):
        assert (moved_in / "site" / address / "index.html").is_file()
    assert (moved_in / "site/topics/odd-1/feed.xml").is_file()
    assert "Text 58" in text_of(page(moved_in, "topics/odd-1/"))


def test_months_answer_at_their_old_addresses(moved_in: Path) -> None:
    (goal,) = page(moved_in, "2015_03_01_archive.html").xpath("//a/@href")
    assert goal == "2015/03/"
    assert "Text 14" in text_of(page(moved_in, goal))


def test_weeks_answer_with_their_month(moved_in: Path) -> None:
    (goal,) = page(moved_in, "2015_03_15_archive.html").xpath("//a/@href")  # the Sunday of the week of text 14
    assert goal == "2015/03/"


def test_what_was_a_page_is_one(moved_in: Path) -> None:
    assert "About us" in text_of(page(moved_in, "p/about.html"))
    assert "About us" in text_of(page(moved_in, "pages/"))
    assert "About us" not in text_of(page(moved_in, ""))


@pytest.mark.slow
def test_every_address_of_a_large_blog_answers(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path)
    assert move_in(root, Export(old_blog(5_000))).adds_up
    done = build(root)
    assert done.returncode == 0, done.stderr
    addresses = (root / "content/urls.txt").read_text("utf-8").splitlines()
    assert len(addresses) == 5_003
    assert [address for address in addresses if not (root / "site" / destination(address.lstrip("/"))).is_file()] == []


NASTY = [
    "<p>Words &lt;in angle&gt; and &lt;script&gt; and &lt;o:p&gt; &lt;a href='x.md'&gt; and &lt;b onclick=\"x()\"&gt;</p>",
    '<p><a href="#c12">a comment</a> <a href="#">top</a> <a href="">nothing</a> <a name="more"></a> <a href="#x">x</a></p>',
    "<p>[x](y) ![a](b.png) [1]: http://x.org [TOC] *[z]: z {: .x} [^1] [[a]](b.md) &lt;http://x.org&gt; `code` ~~~</p>",
    '<p><a href="Some file.doc">doc</a> <a href="C:\\x\\y.doc">local</a> <a href="\\\\server\\x">share</a></p>',
    '<p><img src="relative.jpg"><img><img src="data:image/png;base64,AAAA"><img src="file:///C:/x.png" alt="a"></p>',
    '<iframe src="https://www.youtube.com/embed/abc"></iframe><object data="x.swf"></object><script>x()</script>',
    "<p>---<br>title: no<br>---<br>&#8232;</p>",
    "<table><tr><td colspan=2>a|b</td></tr><tr><td><p>1</p><ul><li>x</ul></td><td>2</td></tr></table>",
    "<h1>One</h1><h3 onclick='x'>Three</h3><details><summary>s</summary>x</details><form><input name=q></form>",
    "<div dir=rtl>حقوق</div><p style='mso-x'>Word<o:p></o:p><!--[if gte mso 9]><xml></xml><![endif]--></p>",
    "<p>unclosed <b>bold <i>both</p><li>item<blockquote>quote",
    "Only text, no markup at all. me@example.org www.example.org C# __init__ 1. 2) - x",
    "",
    "<p>&lt;!-- hidden --&gt; &lt;/div&gt; &lt;img src=x onerror=y&gt; a &lt; b &gt; c</p>",
    f'<p><a href="http://{HOST}/2019/06/text-0.html#later">x</a> <a href="//{HOST}/search/label/None">y</a></p>',
    '<p><a href="http://x.org/a b(c)[d]&lt;e&gt;">x [y] (z)</a> <a href="x.md">md</a> <a href="//x.org/">rel</a></p>',
    '<pre><code>&lt;div onclick="x"&gt; [a](b)</code></pre><p>`</p><p>``` fence</p>',
    '<a href="http://1.bp.blogspot.com/x/s1600/a.jpg"><img src="http://1.bp.blogspot.com/x/s320/a.jpg" /></a>',
]
"""What blogs hold, and what a Markdown text or our own rules may stumble over."""


def test_nothing_in_an_old_text_stops_a_build(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path)
    titles = ["T" * 500, "<i>It's</i> [a] `title`: #1 & <b", "{{ x }} {% y %}", "*", "\\", "|"]
    things = [item(number=number, html=html) for number, html in enumerate(NASTY)]
    things += [item(number=100 + number, title=title, summary=title * 40) for number, title in enumerate(titles)]
    report = move_in(root, Export(things))
    assert report.outcomes == {"new": len(things)}
    assert [note for line in report.lines for note in line.notes if note.about in ("words", "form")] == []
    done = build(root)
    assert done.returncode == 0, done.stderr
