"""The events of MkDocs: each is one call of the hub, which asks library, views and outputs."""

import gc
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any, Literal, NoReturn

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime, write_file
from mkdocs.utils.templates import TemplateContext

from chautari import renditions, search, sitemap, timing
from chautari.addresses import lost, taken
from chautari.artifact import Artifact
from chautari.bodies import Bodies
from chautari.cache import code, digest, file_mark, open_cache
from chautari.content import collections
from chautari.fingerprints import Fingerprints
from chautari.graph import Graphs
from chautari.judging import judge_pictures
from chautari.library import CONTENT, Library
from chautari.links import find_links
from chautari.listing import Listing
from chautari.loading import load
from chautari.markdown import Renderer
from chautari.outputs import artifacts
from chautari.packs import Packs, Render
from chautari.pages import (
    EntryPage,
    HubFile,
    HubPage,
    ListingPage,
    MediaFile,
    StandingFile,
    draw_all,
    furnish,
    is_alone,
    lean,
    media,
    offline_assets,
    placed,
    stand_apart,
    surroundings,
)
from chautari.pictures import inside
from chautari.problems import ContentError, Problem
from chautari.reading import links_of
from chautari.relations import Relations
from chautari.schema_org import Nodes
from chautari.site import Settings, Site, destination, read_settings, relative_url
from chautari.stage import Lock, PublishError, Stage, WarningCounter
from chautari.views import listings
from chautari.written import Written

# A child of MkDocs' logger, so that --strict counts what is said here.
log = logging.getLogger("mkdocs.chautari")


class Hub:
    """One build. MkDocs keeps hook modules over the rebuilds of `serve`, so on_config makes a new hub for each."""

    def __init__(self, config: MkDocsConfig, preview: bool) -> None:
        self.root = Path(config.config_file_path).parent
        self.preview = preview
        self.site = self._site(config)
        self.cache = open_cache(self.root, log.info)
        self.written = Written(Path(config.site_dir), self.cache)
        self.anew = not self.written.is_known
        self.index = search.Index(self.written, self.anew, preview)
        self.problems: list[Problem] = []
        self.texts: dict[str, Listing] = {}
        self.pages: list[EntryPage] = []
        self.lists: list[ListingPage] = []
        self.library: Library
        self.stylesheet = ""
        self.owners: dict[str, str] = {}
        self.bodies: Bodies
        self.renderer: Renderer
        self.prints: Fingerprints
        self.nav: Navigation

    def _site(self, config: MkDocsConfig) -> Site:
        settings = Settings()
        try:
            settings = read_settings(Path(config.config_file_path), Path(config.config_file_path).name)
        except ContentError as error:
            give_up(error.problems)
        if not config.site_url:
            hint = "Write `site_url: https://…`, the address where the site is published: feeds need it."
            give_up([Problem(Path(config.config_file_path).name, 0, "site_url", "is missing", hint)])
        now: datetime = get_build_datetime()  # SOURCE_DATE_EPOCH where it is set
        return Site(
            config.site_name, config.site_url or "", now, config.site_description or "", settings, preview=self.preview
        )

    # --- collecting ---

    def collect(self, files: Files, config: MkDocsConfig) -> None:
        """Adds a page for each entry and listing and a file for each picture; refuses two things at one address."""
        try:
            self.library = load(self.root, collections(), self.site, self.cache)
        except ContentError as error:
            give_up(error.problems)
        self.relations = Relations(self.library)
        self.renderer = Renderer(self.library, config.markdown_extensions, config.mdx_configs or {})
        self.stylesheet = lean(files)
        stand_apart(files, config)
        owners = self.owners = {file.dest_uri: file.src_uri for file in files}
        for entry in self.library.published:
            page = EntryPage(entry, config, self.root)
            self.pages.append(page)
            self.add(page.file, entry.path, files, owners)
        for listing in listings(self.library, self.site):
            if listing.text and files.get_file_from_path(listing.text):
                self.texts[listing.text] = listing
            else:
                page_of_list = ListingPage(listing, config)
                self.lists.append(page_of_list)
                self.add(page_of_list.file, f"the list {listing.title!r}", files, owners)
        if self.problems:
            give_up(self.problems)

    def add(self, file: File, name: str, files: Files, owners: dict[str, str]) -> None:
        """Adds a file, unless another one has its address."""
        owner = owners.setdefault(file.dest_uri, name)
        if owner is not name:
            self.problems.append(
                Problem(name, 0, "", f"has the address /{file.url} of {owner}", "Rename one of the two.")
            )
        else:
            files.append(file)

    # --- writing ---

    def complete(self, files: Files, config: MkDocsConfig, nav: Navigation, render: Render) -> None:
        """All bodies are known: judges the links between them, finds what is to be written, adds what is no page."""
        bodies = self.bodies
        self.problems += bodies.problems()
        self.add_media(files, config)
        self.prints = Fingerprints(self.library, bodies.by_path, self.site, self.around(config, nav))
        packs = self.add_packs(files, config, render)
        for page in self.pages:
            page.pack = packs.size(page.entry)
            page.related = self.relations.related(page.entry)
            links = [self.renderer.answer(page.entry, link.path) for link in find_links(page.entry.source.head)]
            mark = self.prints.of_page(page.entry, page.related, links, page.pack)
            page.hub_file.stale = not self.written.is_current(page.file.dest_uri, mark)
        for one in self.lists:
            one.hub_file.stale = not self.written.is_current(one.file.dest_uri, self.prints.of(one.listing))
        for page_of_docs in nav.pages:  # MkDocs takes titles out of HTML as they stand there
            page_of_docs.title = unescape(page_of_docs.title or "")
        for standing in (file for file in files.documentation_pages() if isinstance(file, StandingFile)):
            if standing.page:
                meta = repr(sorted(standing.page.meta.items()))
                shown = (standing.page.title, standing.page.content, meta, self.texts.get(standing.src_uri))
                standing.stale = not self.written.is_current(standing.dest_uri, self.prints.of(*shown))
        outputs = artifacts(self.library, self.site, bodies)
        maps = sitemap.artifacts(self.places(files), self.site)
        # docs/ may bring a robots.txt or _redirects of its own.
        made = [each for each in (*outputs, *maps) if each.url not in self.owners]
        known = {file.dest_uri for file in files} | {artifact.url for artifact in made}
        twice = Counter(artifact.url for artifact in made)
        self.owners |= {url: "another file of the site" for url, count in twice.items() if count > 1}
        self.owners |= {search.ENTRY: "the search"}
        self.problems += bodies.strays(lambda address: destination(address) in known)
        self.problems += taken(self.library.published, self.owners)
        self.problems += lost(self.root, known)
        if self.problems:
            give_up(self.problems)
        self.write_artifacts(made, Path(config.site_dir))
        self.index.look_at(page.file.dest_uri for page in self.pages)

    def settle(self, files: Files, config: MkDocsConfig, env: Environment) -> None:
        """Leaves to MkDocs what is still to be written: no page of the hub, unless another plugin wants to see it."""
        if is_alone(config):
            stale = [page for page in (*self.pages, *self.lists) if page.hub_file.stale]
            draw_all(stale, env, config, self.nav, self.shown)
        for file in [file for file in files if isinstance(file, HubFile | MediaFile) and not file.stale]:
            files.remove(file)

    def around(self, config: MkDocsConfig, nav: Navigation) -> str:
        """What all pages share, as a short name: our code, templates, the menu, the settings of the site."""
        site = (self.site.name, self.site.url, self.site.description, self.site.settings, self.site.preview)
        return digest(code(), surroundings(config, nav), site, self.stylesheet, config.copyright)

    def places(self, files: Files) -> list[sitemap.Place]:
        """Every page that a search engine may show: those of the library, the lists, and what else stands in docs/."""
        lists = [*self.texts.values(), *(page.listing for page in self.lists)]
        standing = [file for file in files.documentation_pages() if isinstance(file, StandingFile)]
        return sitemap.places(self.library, lists, [file.url for file in standing if file.src_uri not in self.texts])

    @timing.timed(timing.ARTIFACTS)
    def write_artifacts(self, made: Iterable[Artifact], folder: Path) -> None:
        """Writes the files that are no pages and not yet as they are to be: at once, for together they are large."""
        for artifact in made:
            if not self.written.is_current(artifact.url, self.prints.of(*artifact.shows)):
                write_file(artifact.content(), str(folder / artifact.url))

    def add_media(self, files: Files, config: MkDocsConfig) -> None:
        """Adds the documents of published entries, and the renditions of their pictures."""
        content, store = self.root / CONTENT, self.root / renditions.STORE
        pictures, documents = media(self.bodies.texts)
        for name in inside(documents, content):
            self.add_file(name, content, name, self.library.mark(name) or file_mark(content / name), files, config)
        wanted = {place: known for place, known in self.library.pictures.items() if place in pictures}
        unfit = renditions.make(wanted, content, store, self.cache)
        texts = ((entry, links_of(entry.source)) for entry in self.library.published)
        self.problems += judge_pictures(texts, unfit)
        for place, known in wanted.items():
            for one in known.renditions if place not in unfit else ():
                self.add_file(one.name, store, place, digest(renditions.made_by(), known.content), files, config)

    def add_packs(self, files: Files, config: MkDocsConfig, render: Render) -> Packs:
        """Adds the packs of trainings, unless nothing will be published anyway."""
        packs = Packs(self.root, self.library, self.bodies, self.prints, offline_assets(files, self.stylesheet))
        if not self.problems:
            packs.make(render, anew=self.cache.path is None)
        for name, folder, owner, mark in packs.made():
            self.add_file(name, folder, owner, mark, files, config)
        return packs

    def add_file(self, name: str, folder: Path, owner: str, mark: str, files: Files, config: MkDocsConfig) -> None:
        """Adds a file that is copied from a folder, if it is another one than was published."""
        file = MediaFile(name, str(folder), config.site_dir, config.use_directory_urls)
        file.stale = not self.written.is_current(name, mark)
        self.add(file, owner, files, self.owners)

    def furnish(self, env: Environment) -> Render:
        """Renders all bodies, and tells the templates what they may ask on every page: of the library only names."""
        self.bodies = Bodies(self.library, self.renderer, self.cache, self.site, self.root / CONTENT)
        shared = {
            "site": self.site,
            "library": self.library,
            "language": self.site.language,
            "stylesheet": self.stylesheet,
            "teaser": self.bodies.teaser,
            "minutes": self.bodies.minutes,
            "graphs": Graphs(Nodes(self.library, self.site, self.bodies.teaser)),
        }
        return furnish(env, shared)

    def shown(self, page: Page) -> dict[str, Any]:
        """What one page shows. It has to be in the page's fingerprint, or a changed page would be left as it is."""
        if isinstance(page, HubPage):
            return page.shown(self.library, self.bodies)
        return {"listing": self.texts.get(page.file.src_uri)}


def give_up(problems: Iterable[Problem]) -> NoReturn:
    """Says every problem and ends the build; nothing of the published site has been touched."""
    found = ContentError(problems).problems
    for problem in found:
        log.error(str(problem))
    raise PluginError(f"{len(found)} problem(s) in the content: nothing was published.")


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


def current() -> Hub:
    """The hub of the running build."""
    if hub is None:
        raise RuntimeError("MkDocs calls on_config before any other event")
    return hub


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remembers whether somebody looks at a preview, and whether MkDocs writes in place (--dirty)."""
    globals().update(command=command, in_place=dirty)
    mkdocs = logging.getLogger("mkdocs")
    if counter not in mkdocs.handlers:
        mkdocs.addHandler(counter)
    # MkDocs warns that such a build is not exact; ours is.
    logging.getLogger("mkdocs.commands.build").addFilter(lambda record: "A 'dirty' build" not in str(record.msg))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Forgets the last build and reads the settings."""
    global hub, stage, lock
    if hub:
        hub.index.wait()
    counter.count = 0
    release()
    lock = Lock(Path(config.site_dir), lambda: log.info("Another build writes to this folder: waiting for it."))
    gc.disable()  # until all is read, and nearly all of that stays: to look through it takes a tenth of the time
    hub = Hub(config, preview=command == "serve")
    stage = Stage(Path(config.site_dir)) if hub.anew or not in_place else None
    if stage:
        config.site_dir = str(stage.folder)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Reads and judges the content; adds its pages and pictures."""
    config.theme.static_templates.discard("sitemap.xml")  # ours knows when a page changed
    current().collect(files, config)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Remembers the menu, which every page shows."""
    current().nav = nav
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """A page of docs/ that stands above a list gets the list's template."""
    if listing := current().texts.get(page.file.src_uri):
        page.meta["template"] = f"listings/{listing.template}"


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """All bodies are known: finds what changed, adds feeds and other files."""
    render = current().furnish(env)
    gc.freeze()
    gc.enable()
    current().complete(files, config, current().nav, render)
    current().settle(files, config, env)
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
        else:
            stage.fit_in({*built.written.marks, search.FOLDER})
        if not built.anew:
            built.index.make(built.written.folder)
        config.site_dir = str(built.written.folder)
    except (search.SearchError, PublishError) as error:
        raise PluginError(str(error)) from error
    built.index.make_behind(built.written.folder)
    built.written.save()
    renditions.tidy(built.library.pictures, built.root / renditions.STORE)
    release()
    timing.tell()


def on_build_error(error: Exception) -> None:
    """Throws the unfinished site away."""
    if stage:
        stage.abandon()
    release()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Watches the content."""
    server.watch(str(current().root / CONTENT))
    return server
