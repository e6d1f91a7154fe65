"""The events of MkDocs: each is one call of the hub, which asks library, views and outputs."""

import atexit
import gc
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from chautari import renditions, search, timing, watching
from chautari.hub import Hub, give_up, log
from chautari.library import CONTENT
from chautari.site import relative_url
from chautari.stage import Lock, PublishError, Stage, WarningCounter
from chautari.templates import placed, without_hidden

# The only state of the process: MkDocs loads hooks once and calls them for every rebuild of `serve`.
command: Literal["build", "gh-deploy", "serve"] = "build"
in_place = False
hub: Hub | None = None
stage: Stage | None = None
lock: Lock | None = None
counter = WarningCounter()


def release() -> None:
    """Lets another build write."""
    gc.enable()
    gc.unfreeze()
    if lock:
        lock.release()
    if hub:
        hub.cache.close()


def current() -> Hub:
    """The hub of the running build."""
    if hub is None:
        raise RuntimeError("MkDocs calls on_config before any other event")
    return hub


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remembers whether somebody looks at a preview, and whether MkDocs writes in place (--dirty)."""
    globals().update(command=command, in_place=dirty)
    gc.set_threshold(10_000)  # new objects, not 700: looking through them takes 0.1 s in place of 0.3 at 10,000 posts
    atexit.register(gc.freeze)  # what is left goes with the process: to look through it takes half a second
    mkdocs = logging.getLogger("mkdocs")
    if counter not in mkdocs.handlers:
        mkdocs.addHandler(counter)
    # MkDocs warns that such a build is not exact; ours is.
    logging.getLogger("mkdocs.commands.build").addFilter(lambda record: "A 'dirty' build" not in str(record.msg))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Forgets the last build and reads the settings."""
    global hub, stage, lock
    if hub:
        hub.index.abandon()
    counter.count = 0
    without_hidden(config.theme)
    release()
    lock = Lock(Path(config.site_dir), lambda: log.info("Another build writes to this folder: waiting for it."))
    gc.disable()  # until all is read, and nearly all of that stays: to look through it takes a tenth of the time
    hub = Hub(config, preview=command == "serve", last=hub.opened if hub else None)
    stage = Stage(Path(config.site_dir)) if hub.anew or not in_place else None
    if stage:
        config.site_dir = str(stage.folder)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Reads and judges the content; adds its pages and pictures."""
    config.theme.static_templates.discard("sitemap.xml")  # ours knows when a page changed
    collected = current().collect(files)
    gc.freeze()
    gc.enable()
    current().begin()
    return collected


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Remembers the menu, which every page shows."""
    current().nav = nav
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """All bodies are known: finds what changed, adds feeds and other files."""
    render = current().furnish(env)
    current().write(files, env, render)
    return env


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Hands a page its entry or its list."""
    context.update(current().shown(page))  # type: ignore[typeddict-item]  # MkDocs lets hooks add names
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Puts a page at its place."""
    return placed(output, relative_url(page.url, ""))


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The pages that belong to no file, such as 404.html, are served for any address."""
    return placed(output_content, current().site.path)


def on_post_build(config: MkDocsConfig) -> None:
    """Makes the search index and publishes the finished site."""
    built = current()
    if built.problems:
        give_up(built.problems)
    if config.strict and counter.count:
        return  # MkDocs is about to refuse this build
    try:
        if not stage:
            built.written.remove_gone()
        elif built.anew:
            built.index.make(stage.folder)
            stage.publish()
        elif built.site.preview:  # in its folder is nothing but what it wrote
            built.written.remove_gone()
            stage.fit_in()
        else:
            stage.fit_in({*built.written.marks, search.FOLDER})
        if not built.anew:
            built.index.make(built.written.folder)
        config.site_dir = str(built.written.folder)
    except (search.SearchError, PublishError) as error:
        raise PluginError(str(error)) from error
    built.index.make_behind(built.written.folder)
    built.written.save(built.made)
    renditions.tidy(built.library.pictures, built.root / renditions.STORE)
    release()
    timing.tell()


def on_build_error(error: Exception) -> None:
    """Throws the unfinished site away."""
    if stage:
        stage.abandon()
    release()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Watches the content, and sees a save at once where the system tells of one; MkDocs would look twice a second."""
    if watcher := watching.watcher(current().root / CONTENT):
        paths = list(server._watched_paths)  # observers tell of a file only its folder
        for path in paths:
            server.unwatch(path)
        server.build_delay = 0.05
        server.observer = watcher  # type: ignore[assignment]  # observers are all alike
        for path in paths:
            server.watch(path)
    server.watch(str(current().root / CONTENT))
    return server
