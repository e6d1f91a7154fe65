"""Eleventy: Node. Its --incremental with one file fails without a server, so a build after an edit is a whole one."""

from benchmarks.corpus import Post
from benchmarks.peer import FOLDER, TEMPLATES, Command, Peer, from_npm, templates, version_in
from benchmarks.peers import hugo


def install() -> str:
    """Eleventy with the plugins that its settings name."""
    return version_in(from_npm(TEMPLATES / "eleventy/package.json"), "@11ty/eleventy")


def dialect(post: Post) -> tuple[str, str]:
    """As Hugo reads it."""
    return hugo.dialect(post)


def build() -> Command:
    """The whole site; ten thousand pages need more memory than Node allows itself."""
    return ["node", "--max-old-space-size=12000", str(FOLDER / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"]


PEER = Peer(
    name="Eleventy",
    install=install,
    furnish=templates("eleventy"),
    dialect=dialect,
    images="images",
    output="_site",
    leftovers=(".cache",),
    page=lambda post: f"posts/{post.slug}/index.html",
    build=build,
    refresh=build,
    serve=lambda port: [*build(), "--serve", "--incremental", f"--port={port}"],
    indexed=(),
)
