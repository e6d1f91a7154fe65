"""Material for MkDocs with its blog, tags and mkdocs-rss-plugin: a feed for the site only, none for a label.

Its build after an edit is a whole one: `--dirty` loses the other posts from the search, the feed and the lists.
"""

from benchmarks.corpus import Post
from benchmarks.peer import FOLDER, Command, Peer, from_pip, front_matter, templates, version_of


def install() -> str:
    """Material with the feed's plugin."""
    home = from_pip("material", "mkdocs-material==9.8.1", "mkdocs-rss-plugin==1.19.0")
    return version_of(home, "mkdocs-material")


def dialect(post: Post) -> tuple[str, str]:
    """Countries and themes are categories, which have pages; the excerpt ends where <!-- more --> stands."""
    fields = {
        "date": post.date,
        "slug": post.slug,
        "description": post.summary,
        "categories": [*post.countries, *post.themes],
        "tags": list(post.themes),
    }
    first, _, rest = post.body.replace("(/images/", "(../images/").partition("\n\n")
    text = f"# {post.title}\n\n{first}\n\n<!-- more -->\n\n{rest}"
    return f"docs/posts/{post.slug}.md", front_matter(fields, text)


def mkdocs(*options: str) -> Command:
    """Its own MkDocs."""
    return [str(FOLDER / "python/material/bin/mkdocs"), *options]


def build() -> Command:
    """The whole site."""
    return mkdocs("--quiet", "build")


PEER = Peer(
    name="Material",
    install=install,
    furnish=templates("material"),
    dialect=dialect,
    images="docs/images",
    output="site",
    leftovers=(".cache",),
    page=lambda post: f"posts/{post.slug}/index.html",
    build=build,
    refresh=build,
    serve=lambda port: mkdocs("--quiet", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"),
    labels="docs/posts/*.md",
    index="search/search_index.json",
    without_search={"SEARCH": "false"},
)
