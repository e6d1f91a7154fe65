"""The events of MkDocs: each is one call of the hub, which asks library, views and outputs."""

import logging
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any, Literal, NoReturn

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler, get_build_datetime
from mkdocs.utils.templates import TemplateContext

from chautari import search
from chautari.bodies import render_all
from chautari.cache import open_cache
from chautari.content import collections
from chautari.entry import Entry
from chautari.library import CONTENT, Library
from chautari.listing import Listing
from chautari.loading import load
from chautari.markdown import Body, Renderer, judge_addresses, judge_anchors
from chautari.outputs import artifacts
from chautari.pages import EntryPage, ListingPage, destination, furnish
from chautari.problems import ContentError, Problem
from chautari.relations import Relations
from chautari.site import Settings, Site, read_settings, relative_url
from chautari.views import listings

# A child of MkDocs' logger, so that --strict counts what is said here.
log = logging.getLogger("mkdocs.chautari")

UNUSED = ("assets/javascripts/", "assets/stylesheets/palette.", "assets/images/")
ADDRESSES = f"{CONTENT}/urls.txt"


class Hub:
    """One build. MkDocs keeps hook modules over the rebuilds of `serve`, so on_config makes a new hub for each."""

    def __init__(self, config: MkDocsConfig, preview: bool) -> None:
        self.root = Path(config.config_file_path).parent
        self.preview = preview
        self.site = self._site(config)
        self.cache = open_cache(self.root, log.info)
        self.problems: list[Problem] = []
        self.texts: dict[str, Listing] = {}
        self.pages: list[EntryPage] = []
        self.teasers: dict[str, str] = {}
        self.library: Library
        self.stylesheet = ""
        self.indexing: Thread | None = None
        self.relations: Relations
        self.renderer: Renderer

    def _site(self, config: MkDocsConfig) -> Site:
        settings = Settings()
        try:
            settings = read_settings(Path(config.config_file_path), Path(config.config_file_path).name)
        except ContentError as error:
            give_up(error.problems)
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
        owners = {file.dest_uri: file.src_uri for file in files}
        for entry in self.library.published:
            page = EntryPage(entry, config, self.root)
            self.pages.append(page)
            self.add(page.file, entry.path, files, owners)
        for listing in listings(self.library, self.site):
            if listing.text and files.get_file_from_path(listing.text):
                self.texts[listing.text] = listing
            else:
                page_of_list = ListingPage(listing, config)
                self.add(page_of_list.file, f"the list {listing.title!r}", files, owners)
        for path in media(self.root / CONTENT):
            self.add(
                File(path, str(self.root / CONTENT), config.site_dir, config.use_directory_urls), path, files, owners
            )
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

    def complete(self, files: Files, config: MkDocsConfig) -> None:
        """All bodies are known: judges the links between them and adds the files that are not pages."""
        bodies = render_all(self.library.published, self.renderer, self.cache)
        for page in self.pages:
            page.show(bodies[page.entry.path])
        self.teasers = {path: body.teaser for path, body in bodies.items()}
        self.problems += [problem for body in bodies.values() for problem in body.problems]
        self.problems += judge_anchors(bodies, self.library)
        for artifact in artifacts(self.library, self.site, lambda entry: self.whole(bodies[entry.path], entry)):
            files.append(File.generated(config, artifact.url, content=artifact.content))
        known = {file.dest_uri for file in files}
        self.problems += judge_addresses(bodies, self.library, lambda address: destination(address) in known)
        self.problems += self.lost_addresses(known)
        if self.problems:
            give_up(self.problems)

    def whole(self, body: Body, entry: Entry) -> str:
        """A body for readers elsewhere: every link is a whole address."""
        return body.placed(self.site.absolute(""), self.site.absolute(entry.url))

    def lost_addresses(self, known: set[str]) -> Iterable[Problem]:
        """Addresses that were published once and that nothing answers any more; `known` are the site's files."""
        published = self.root / ADDRESSES
        if published.is_file():
            for number, line in enumerate(published.read_text("utf-8").splitlines(), 1):
                address = line.strip()
                if address and not address.startswith("#") and destination(address.lstrip("/")) not in known:
                    hint = "Bring the page back, or add the address to the `aliases:` of the page that takes its place."
                    yield Problem(ADDRESSES, number, "", f"{address} was published once and is gone", hint)

    def context(self, context: TemplateContext, page: Page | None) -> None:
        """What every template may ask: site, library, the way to the root, and what the page shows."""
        more: dict[str, Any] = {
            "site": self.site,
            "library": self.library,
            "language": self.site.language,
            "stylesheet": self.stylesheet,
            "root": relative_url(page.url, "") if page else f"{context['base_url'].rstrip('/')}/",
            "teaser": self.teaser,
        }
        if isinstance(page, EntryPage):
            more |= {
                "entry": page.entry,
                "versions": self.library.translations(page.entry),
                "related": self.relations.related(page.entry),
                "mentions": self.library.mentioning(page.entry),
                "rich": self.rich(page.entry),
            }
        elif isinstance(page, ListingPage):
            more |= {"listing": page.listing}
        elif page is not None:
            more |= {"listing": self.texts.get(page.file.src_uri)}
        context.update(more)  # type: ignore[typeddict-item]  # MkDocs lets hooks add names

    def teaser(self, entry: Entry) -> str:
        """What a list says of an entry: its summary, else the beginning of its text."""
        return entry.summary or self.teasers.get(entry.path, "")

    def index_behind(self, folder: Path) -> None:
        """Makes the search index of a preview while the editor already looks at the page."""
        self.indexing = Thread(target=make_index, args=(folder,), daemon=True)
        self.indexing.start()

    def wait(self) -> None:
        """Until nothing writes into the folder of this build any more."""
        if self.indexing:
            self.indexing.join()

    def rich(self, entry: Entry) -> Callable[[str], str]:
        """Another text of an entry in Markdown, as HTML for its page: the background of a training, a vision."""

        def html(text: str) -> str:
            body = self.renderer.render(entry, text)
            self.problems += body.problems
            return body.placed(relative_url(entry.url, ""))

        return html


def make_index(folder: Path) -> None:
    """The search index of the pages in a folder, or the end of the build."""
    try:
        search.index(folder)
    except search.SearchError as error:
        raise PluginError(str(error)) from error


def give_up(problems: Iterable[Problem]) -> NoReturn:
    """Says every problem and ends the build; nothing of the published site has been touched."""
    found = ContentError(problems).problems
    for problem in found:
        log.error(str(problem))
    raise PluginError(f"{len(found)} problem(s) in the content: nothing was published.")


def lean(files: Files) -> str:
    """Takes out of the theme what no page loads (scripts, palettes, source maps); the stylesheet that stays."""
    for file in list(files):
        if file.src_uri.startswith(UNUSED) or file.src_uri.endswith(".css.map"):
            files.remove(file)
    return next(file.src_uri for file in files if file.src_uri.startswith("assets/stylesheets/main."))


def media(folder: Path) -> Iterable[str]:
    """The pictures and documents beside the texts, as paths from content/."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (
            path.is_file()
            and "/" in name
            and not name.startswith("vocabularies/")
            and path.suffix != ".md"
            and "/." not in f"/{name}"
        ):
            yield name


class Stage:
    """Where a build writes until it is whole: the published folder is exchanged at the end or not touched at all."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.site = Path(config.site_dir)
        self.folder = self.site.with_name(f".{self.site.name}-unfinished")
        self.config = config
        self.counter = CountHandler()
        self.counter.setLevel(logging.WARNING)
        shutil.rmtree(self.folder, ignore_errors=True)
        config.site_dir = str(self.folder)
        logging.getLogger("mkdocs").addHandler(self.counter)

    def close(self) -> None:
        """Ends the stage: what was not published is thrown away."""
        logging.getLogger("mkdocs").removeHandler(self.counter)
        self.config.site_dir = str(self.site)
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self) -> None:
        """Puts the finished site in the old one's place. Its hidden files (.git) stay, as MkDocs leaves them."""
        if not (self.config.strict and self.counter.get_counts()):  # else MkDocs is about to refuse this build
            old = self.site.with_name(f".{self.site.name}-old")
            shutil.rmtree(old, ignore_errors=True)
            if self.site.exists():
                for hidden in self.site.glob(".*"):
                    if not (self.folder / hidden.name).exists():
                        hidden.rename(self.folder / hidden.name)
                self.site.rename(old)
            self.folder.rename(self.site)
            shutil.rmtree(old, ignore_errors=True)
        self.close()


# The only state of the process: MkDocs loads hooks once and calls them for every rebuild of `serve`.
command: Literal["build", "gh-deploy", "serve"] = "build"
exact = True
hub: Hub | None = None
stage: Stage | None = None


def current() -> Hub:
    """The hub of the running build."""
    if hub is None:
        raise RuntimeError("MkDocs calls on_config before any other event")
    return hub


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remembers whether somebody looks at a preview."""
    globals().update(command=command, exact=not dirty)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Forgets the last build and reads the settings."""
    global hub, stage
    if hub:
        hub.wait()
    hub = Hub(config, preview=command == "serve")
    if command != "serve" and exact:
        stage = Stage(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Reads and judges the content; adds its pages and pictures."""
    current().collect(files, config)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """A page of docs/ that stands above a list gets the list's template."""
    if listing := current().texts.get(page.file.src_uri):
        page.meta["template"] = f"listings/{listing.template}"


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """All bodies are known: adds feeds and other files."""
    furnish(env, current().site.language)
    current().complete(files, config)
    return env


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Hands a page its entry or its list."""
    current().context(context, page)
    return context


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> TemplateContext:
    """The pages that belong to no file, such as 404.html."""
    current().context(context, None)
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Makes the search index and publishes the finished site."""
    if current().problems:
        give_up(current().problems)
    if command == "serve":
        current().index_behind(Path(config.site_dir))
    else:
        make_index(Path(config.site_dir))
    if stage:
        stage.publish()


def on_build_error(error: Exception) -> None:
    """Throws the unfinished site away."""
    if stage:
        stage.close()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Watches the content."""
    server.watch(str(current().root / CONTENT))
    return server
