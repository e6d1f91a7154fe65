"""Pelican: Python, with its own theme; countries and themes are tags, and its search is Pagefind's."""

from benchmarks.corpus import Post
from benchmarks.peer import FOLDER, Command, Peer, from_pip, templates, version_of

_CACHED = ["CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"]


def install() -> str:
    """Pelican with Markdown and its sitemap."""
    home = from_pip("pelican", "pelican[markdown]==4.12.0", "pelican-sitemap==1.2.2")
    return version_of(home, "pelican")


def dialect(post: Post) -> tuple[str, str]:
    """Front matter without brackets, its own; the category is the first country."""
    head = {
        "Title": post.title,
        "Date": post.date.isoformat(),
        "Category": post.countries[0],
        "Tags": ", ".join(post.countries + post.themes),
        "Slug": post.slug,
        "Author": post.author,
        "Summary": post.summary,
    }
    lines = [f"{name}: {value}" for name, value in head.items()]
    return f"content/posts/{post.slug}.md", "\n".join(lines) + f"\n\n{post.body}"


def build() -> Command:
    """The whole site. What a file says is remembered: Pelican's only memory between two runs."""
    return [str(FOLDER / "python/pelican/bin/pelican"), "--quiet", "--settings", "pelicanconf.py", "-e", *_CACHED]


PEER = Peer(
    name="Pelican",
    install=install,
    furnish=templates("pelican"),
    dialect=dialect,
    images="content/images",
    output="output",
    leftovers=("cache", "__pycache__"),
    page=lambda post: f"posts/{post.slug}/index.html",
    build=build,
    refresh=build,
    indexed=("--glob", "posts/**/*.html", "--root-selector", "#content"),
)
