"""Old addresses lead somewhere on every host, and every host says the right thing of a file."""

import base64
import hashlib
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from lxml.html import document_fromstring

from chautari.headers import EVERYWHERE
from chautari.library import Library
from chautari.outputs import apache, netlify, nginx, redirects
from chautari.site import Settings, destination
from tests.build import build, copy_of_the_test_hub
from tests.hub import NO_TEXTS, make_library, make_site, post

# --- small readers of the three languages: the answer to a request for a path with its query ---


def by_redirects(text: str, asked: str) -> str:
    """As Cloudflare reads _redirects: the first line that fits, a path with its escapes; queries are not looked at."""
    path = urlsplit(asked).path
    for line in text.splitlines():
        old, new, status = line.split(" ")
        assert status == "301"
        if path == old or (old.endswith("*") and path.startswith(old[:-1])):
            return new
    return ""


def by_htaccess(text: str, asked: str) -> str:
    """As mod_rewrite reads .htaccess in the folder /sub/: a decoded path from there."""
    query, path = urlsplit(asked).query, unquote(urlsplit(asked).path).removeprefix("/sub/")
    known: dict[str, str] = {}
    holds = True
    for line in text.splitlines():
        match shlex.split(line):
            case ["RewriteCond", "%{QUERY_STRING}", condition]:
                holds = bool(re.search(condition, query))
            case ["RewriteRule", pattern, new, flags]:
                fits = bool(re.search(pattern.removeprefix("!"), path)) != pattern.startswith("!")
                if holds and fits:
                    if noted := re.fullmatch(r"\[E=(\w+):(.*)\]", flags):
                        known[noted[1]] = noted[2]
                    elif "L" in flags.strip("[]").split(","):
                        return "" if new == "-" else re.sub(r"%\{ENV:(\w+)\}", lambda name: known.get(name[1], ""), new)
                holds = True
    return ""


def by_nginx(text: str, asked: str) -> str:
    """As nginx reads the snippet: variables, then the location of a decoded path, then its rewrites."""
    path, query = unquote(urlsplit(asked).path), parse_qs(urlsplit(asked).query)
    known: dict[str, str] = {}
    inside = False
    for line in text.splitlines():
        match shlex.split(line):
            case ["set", name, value]:
                known[name] = value.rstrip(";")
            case ["if", "($arg_alt", "=", value, "{", "set", name, new, "}"]:
                if query.get("alt") == [value.rstrip(")")]:
                    known[name] = new.rstrip(";")
            case ["location", "=", exact, "{", "return", "301", new, "}"] if exact == path:
                return new.rstrip(";")
            case ["location", "^~", start, "{"]:
                inside = path.startswith(start)
            case ["}"]:
                inside = False
            case ["rewrite", pattern, new, "permanent;"] if inside and re.search(pattern, path):
                return re.sub(r"\$\w+", lambda name: known[name[0]], new).removesuffix("?")
    return ""


READERS: dict[str, Callable[[str, str], str]] = {
    "_redirects": by_redirects,
    ".htaccess": by_htaccess,
    "nginx.conf": by_nginx,
}

OLD = {
    "feeds/posts/default": "atom.xml",
    "feeds/posts/default?alt=rss": "feed.xml",
    "feeds/posts/default?max-results=500&alt=json&start-index=1": "feed.json",
    "feeds/posts/summary": "atom.xml",
    "feeds/comments/default": "atom.xml",
    "feeds/123456789/comments/default": "atom.xml",
    "feeds/123456789/comments/default?alt=rss": "feed.xml",
    "rss.xml": "feed.xml",
    "feeds/posts/default/-/Decent%20work": "themes/decent-work/atom.xml",
    "feeds/posts/default/-/Decent%20work?alt=rss": "themes/decent-work/feed.xml",
    "feeds/posts/default/-/capacity%20building": "themes/capacity-strengthening/atom.xml",
    "feeds/posts/default/-/Nobody%20knows": "atom.xml",
    "search/label/Decent%20work": "themes/decent-work/",
    "search/label/Decent%20work?updated-max=2019-01-01&max-results=20": "themes/decent-work/",
    "search/label/Bangladesh": "countries/bangladesh/",
    "search/label/Nobody%20knows": "themes/",
}


@pytest.mark.parametrize("name", READERS)
def test_every_old_address_leads_to_a_file(built: Path, name: str) -> None:
    rules = (built / "site" / name).read_text("utf-8")
    # What is asked for behind a question mark, the files of static hosts cannot tell apart.
    asked = {old: old.partition("?")[0] if name == "_redirects" and "alt=" in old else old for old in OLD}
    expected = {old: f"/sub/{OLD.get(asked[old], OLD[old])}" for old in OLD}
    assert {old: READERS[name](rules, f"/sub/{old}") for old in OLD} == expected
    assert [new for new in OLD.values() if not (built / "site" / destination(new)).is_file()] == []


@pytest.mark.parametrize("name", READERS)
def test_an_address_of_today_is_left_alone(built: Path, name: str) -> None:
    rules = (built / "site" / name).read_text("utf-8")
    for address in (
        "",
        "feed.xml",
        "search/",
        "search/?q=label",
        "themes/decent-work/feed.xml",
        "2018/06/older.html?m=1",
    ):
        assert READERS[name](rules, f"/sub/{address}") == ""


SPEAKING = make_site(settings=Settings(languages=("en", "bn")))
LABELS = """
decent-work:
  name: {en: Decent work, bn: শোভন কাজ, fr: Travail}
  aliases: [Health/Safety, Young & old, "100% \\"fair\\" (now?)", "C:\\\\temp", "a.b*c$d", ../up, Older persons]
minimum-wage: {name: Minimum wage}
"""
GROUPS = "older-persons: {name: Older persons}\nwomen: {name: Women}\n"


@pytest.fixture
def strange(tmp_path: Path) -> Library:
    """A hub whose labels hold what needs quoting somewhere."""
    files = {
        "content/vocabularies/themes.yml": LABELS,
        "content/vocabularies/groups.yml": GROUPS,
        "content/posts/2019/x.md": post("themes: [Decent work, Minimum wage]", "groups: Older persons"),
        "content/posts/2019/y.md": post("status: draft", "groups: Women"),
    }
    return make_library(tmp_path, files)


def rules_of(library: Library) -> dict[str, str]:
    """The rule files of a library, by their names."""
    made = [each for module in (netlify, apache, nginx) for each in module.artifacts(library, SPEAKING, NO_TEXTS)]
    return {artifact.url: artifact.content().decode() for artifact in made}


STRANGE = {
    "search/label/%E0%A6%B6%E0%A7%8B%E0%A6%AD%E0%A6%A8%20%E0%A6%95%E0%A6%BE%E0%A6%9C": "themes/decent-work/",
    "search/label/Health%2FSafety": "themes/decent-work/",
    "search/label/Young%20%26%20old": "themes/decent-work/",
    "search/label/Young%20and%20old": "themes/decent-work/",
    "search/label/100%25%20%22fair%22%20%28now%3F%29": "themes/decent-work/",
    "search/label/C%3A%5Ctemp": "themes/decent-work/",
    "search/label/a.b%2Ac%24d": "themes/decent-work/",
    "search/label/Minimum%20wage": "themes/minimum-wage/",
    "search/label/Women": "themes/",
}


@pytest.mark.parametrize("name", READERS)
def test_labels_may_hold_any_sign(strange: Library, name: str) -> None:
    rules = rules_of(strange)[name]
    found = {old: READERS[name](rules, f"/sub/{old}") for old in STRANGE}
    assert found == {old: f"/sub/{new}" for old, new in STRANGE.items()}
    assert READERS[name](rules, "/sub/search/label/a.bXcd") == "/sub/themes/", "no sign of a label is a wildcard"


@pytest.mark.parametrize("name", READERS)
def test_a_label_of_two_kinds_is_a_theme(strange: Library, name: str) -> None:
    assert READERS[name](rules_of(strange)[name], "/sub/search/label/Older%20persons") == "/sub/themes/decent-work/"


@pytest.mark.parametrize("name", [".htaccess", "nginx.conf"])
def test_servers_overlook_capitals_and_know_a_plus_for_a_space(strange: Library, name: str) -> None:
    rules = rules_of(strange)[name]
    assert READERS[name](rules, "/sub/search/label/minimum+Wage/") == "/sub/themes/minimum-wage/"


def test_pages_lead_from_old_labels_where_a_host_knows_no_rules(strange: Library) -> None:
    made = redirects.artifacts(strange, SPEAKING, NO_TEXTS)
    pages = {each.url: document_fromstring(each.content()) for each in made if each.url.startswith("search/label/")}
    names = {url.removeprefix("search/label/").removesuffix("/index.html") for url in pages}
    assert names == {
        "Decent work",
        "শোভন কাজ",
        "Health/Safety",
        "Young & old",
        "Young and old",
        "Older persons",
        "Minimum wage",
    }
    assert len(names) < len(rules_of(strange)["_redirects"].splitlines()) / 2, "not what no file system could hold"
    page = pages["search/label/Health/Safety/index.html"]
    assert page.xpath("string(//a/@href)") == "../../../../themes/decent-work/"


def test_copies_of_the_feed_stand_at_its_old_addresses(built: Path) -> None:
    for old, new in (("rss.xml", "feed.xml"), ("feeds/posts/default", "atom.xml")):
        assert (built / "site" / old).read_bytes() == (built / "site" / new).read_bytes()


def test_cloudflare_takes_all_lines_of_a_very_large_hub() -> None:
    addresses = {f"Label {number}": f"themes/t{number}/" for number in range(3_000)}
    old = [line.split()[0] for line in netlify.redirects(addresses, "feed.xml", "/").decode().splitlines()]
    exact = [path for path in old if "*" not in path]
    assert len(exact) == 2_000
    assert old[:2_000] == exact, "those with a wildcard come last, or all that follow would count as such"
    assert len(set(old)) == len(old)


# --- headers ---


def by_headers(text: str, path: str) -> dict[str, str]:
    """As the two hosts read _headers: all blocks that fit, the values of one header joined."""
    said: dict[str, str] = {}
    fits = False
    for line in text.splitlines():
        if not line.startswith(" "):
            fits = bool(re.fullmatch(".*".join(map(re.escape, line.split("*"))), path))
        elif fits:
            name, value = line.strip().split(": ", 1)
            said[name] = f"{said[name]}, {value}" if name in said else value
    return said


def by_apache(text: str, path: str) -> dict[str, str]:
    """As mod_headers reads .htaccess: the last word counts."""
    said: dict[str, str] = {}
    holds = True
    for line in text.splitlines():
        if condition := re.fullmatch(r'<If "%\{REQUEST_URI\} =~ m#(.*)#">', line):
            holds = bool(re.search(condition[1], path))
        elif line == "</If>":
            holds = True
        elif holds and (header := re.fullmatch(r'Header (?:always )?set (\S+) "(.*)"', line)):
            said[header[1]] = header[2]
    return said


def by_nginx_headers(text: str, path: str) -> dict[str, str]:
    """As nginx reads the snippet."""
    said: dict[str, str] = {}
    caching = ""
    for line in text.splitlines():
        if kind := re.fullmatch(r'if \(\$uri ~ "(.*)"\) \{ set \$hub_caching "(.*)"; \}', line):
            caching = kind[2] if re.search(kind[1], path) else caching
        elif start := re.fullmatch(r'set \$hub_caching "(.*)";', line):
            caching = start[1]
        elif header := re.fullmatch(r'add_header (\S+) "(.*?)"(?: always)?;', line):
            said[header[1]] = header[2].replace("$hub_caching", caching)
        elif place := re.fullmatch(r'location ~ "(.*)" \{ types \{ \} default_type "(.*)"; \}', line):
            said |= {"Content-Type": place[2]} if re.search(place[1], path) else {}
    return said


HEADERS: Mapping[str, Callable[[str, str], dict[str, str]]] = {
    "_headers": by_headers,
    ".htaccess": by_apache,
    "nginx.conf": by_nginx_headers,
}
TOLD = {
    "feed.xml": ("application/rss+xml; charset=utf-8", "900"),
    "themes/decent-work/feed.xml": ("application/rss+xml; charset=utf-8", "900"),
    "themes/decent-work/atom.xml": ("application/atom+xml; charset=utf-8", "900"),
    "posts/feed.json": ("application/feed+json; charset=utf-8", "900"),
    "events/calendar.ics": ("text/calendar; charset=utf-8", "900"),
    "feeds.opml": ("text/x-opml; charset=utf-8", "900"),
    "feeds/posts/default": ("application/atom+xml; charset=utf-8", "900"),
    "assets/stylesheets/main.123.min.css": ("", "31536000"),
    "pagefind/fragment/a2b3c4.pf_fragment": ("", "31536000"),
    "pagefind/facet/0123456789.json": ("", "31536000"),
    "posts/2025/march.png": ("", "2592000"),
    "index.html": ("", ""),
    "assets/hub.css": ("", ""),
    "pagefind/pagefind-entry.json": ("", ""),
    "sitemap.xml": ("", ""),
    "api/v1/posts.json": ("", ""),
}


@pytest.mark.parametrize("name", HEADERS)
def test_types_and_caching(built: Path, name: str) -> None:
    text = (built / "site" / name).read_text("utf-8")
    for file, (media_type, seconds) in TOLD.items():
        said = HEADERS[name](text, f"/sub/{file}")
        assert said.get("Content-Type", "") == media_type, file
        assert "".join(re.findall(r"max-age=(\d+)", said.get("Cache-Control", ""))) == seconds, file
        assert {header: said[header] for header in EVERYWHERE} == EVERYWHERE


def scripts(folder: Path) -> Iterator[str]:
    """Every script that stands within a page."""
    for path in folder.rglob("*.html"):
        for script in document_fromstring(path.read_bytes()).iter("script"):
            if "src" not in script.attrib and script.get("type") in (None, "module", "text/javascript"):
                yield script.text or ""


def test_the_policy_knows_the_script_within_the_pages(built: Path) -> None:
    digests = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts(built / "site")}
    policy = EVERYWHERE["Content-Security-Policy"]
    assert set(re.findall("'sha256-(.*?)'", policy)) == digests, "write the new digest into chautari/headers.py"


def test_no_page_has_styles_or_scripts_that_the_policy_refuses(built: Path) -> None:
    for path in (built / "site").rglob("*.html"):
        refused = document_fromstring(path.read_bytes()).xpath("//style | //@*[starts-with(name(), 'on')]")
        assert refused == [], path


def test_a_new_rule_file_takes_the_place_of_the_published_one(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path, {"site/.htaccess": "old"})
    assert build(root).returncode == 0
    made = (root / "site/.htaccess").read_bytes()
    assert b"RewriteEngine On" in made
    (root / "site/.htaccess").unlink()
    (root / "site/_redirects").unlink()
    assert build(root, "--dirty").returncode == 0
    assert (root / "site/.htaccess").read_bytes() == made
    assert (root / "site/_redirects").is_file()


def test_docs_may_bring_rules_of_its_own(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path, {"docs/_redirects": "/a /b 301\n"})
    done = build(root)
    assert done.returncode == 0, done.stderr
    assert (root / "site/_redirects").read_text() == "/a /b 301\n"
