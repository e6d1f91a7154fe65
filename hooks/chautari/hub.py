"""One build of the hub: what MkDocs' events ask for, in the order in which a build needs it."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

from chautari import renditions, search, sitemap
from chautari.addresses import PUBLISHED, Owners, lost, taken
from chautari.artifact import Artifact
from chautari.bodies import Bodies
from chautari.cache import code, digest, file_mark, open_cache
from chautari.content import collections
from chautari.entry import Entry
from chautari.feeds.items import changed
from chautari.fingerprints import Fingerprints
from chautari.graph import Graphs
from chautari.judging import judge_pictures
from chautari.library import CONTENT
from chautari.linking import answer
from chautari.links import find_links
from chautari.listing import Listing
from chautari.markdown import Gist, Renderer, judge_addresses
from chautari.outputs import artifacts, artifacts_with
from chautari.packs import Packs, Render, is_packed
from chautari.pages import (
    EntryPage,
    HubFile,
    HubPage,
    ListingPage,
    MediaFile,
    PagesOnDemand,
    StandingFile,
    draw_stale,
    is_alone,
    lean,
    media,
    offline_assets,
    shown_by,
    stand_apart,
    standing_files,
    surroundings,
)
from chautari.pictures import inside
from chautari.pool import spread
from chautari.problems import ContentError, Problem
from chautari.reading import links_of
from chautari.relations import Relations
from chautari.reopening import FEW, Opened, opened
from chautari.schema_org import Nodes
from chautari.site import Site, destination, read_settings
from chautari.templates import COMPILED, furnish
from chautari.timing import ARTIFACTS, COMPARING, timed
from chautari.views import listings
from chautari.written import Made, Written, write_over

# A child of MkDocs' logger, so that --strict counts what is said here.
log = logging.getLogger("mkdocs.chautari")

ARTIFACTS_WORTH_A_POOL = 64
"""From so many files on, two processes make them sooner than one."""


PageOf: TypeAlias = Entry | Listing
Thing: TypeAlias = PageOf | Artifact
"""What a file of the site is made of."""


class Hub:
    """One build. MkDocs keeps hook modules over the rebuilds of `serve`, so on_config makes a new hub for each."""

    def __init__(self, config: MkDocsConfig, preview: bool, last: Opened | None = None) -> None:
        self.config = config
        self.root = Path(config.config_file_path).parent
        self.site = self._site(config, preview)
        self.cache = open_cache(self.root, log.info)
        self.written = Written(Path(config.site_dir), self.cache)
        self.anew = not self.written.is_known
        self.before = None if self.anew or not is_alone(config) else self.written.made()
        self.menu = repr(config.nav)
        self.index = search.Index(self.written, self.anew, preview)
        self.opened = last
        self.problems: list[Problem] = []
        self.stylesheet = ""
        self.owners = Owners()
        self.in_menu: dict[str, ListingPage] = {}
        self.packs: Packs | None = None
        self.packed: dict[str, bytes] = {}
        self.nav: Navigation
        self.made: Made

    def _site(self, config: MkDocsConfig, preview: bool) -> Site:
        file = Path(config.config_file_path)
        try:
            settings = read_settings(file, file.name)
        except ContentError as error:
            give_up(error.problems)
        if not config.site_url:
            hint = "Write `site_url: https://…`, the address where the site is published: feeds need it."
            give_up([Problem(file.name, 0, "site_url", "is missing", hint)])
        now: datetime = get_build_datetime()  # SOURCE_DATE_EPOCH where it is set
        return Site(config.site_name, config.site_url or "", now, config.site_description or "", settings, preview)

    # --- collecting ---

    def collect(self, files: Files) -> Files:
        """Reads and judges the content. The hub's pages become files of MkDocs when somebody asks for them by name."""
        try:
            self.opened = opened(self.opened, self.root, collections(), self.site, self.cache)
        except ContentError as error:
            give_up(error.problems)
        self.library = self.opened.library
        self.relations = self.library.once(Relations)
        self.renderer = Renderer(self.library, self.config.markdown_extensions, self.config.mdx_configs or {})
        self.bodies = Bodies(self.library, self.renderer, self.cache, self.site, self.root / CONTENT)
        self.stylesheet = lean(files)
        stand_apart(files, self.config)
        self.docs = {file.src_uri for file in files.documentation_pages()}
        self.owners = Owners({file.dest_uri: file.src_uri for file in files})
        return PagesOnDemand(files, self.page_named)

    def begin(self) -> None:
        """Has texts rendered while MkDocs reads docs/, if all of them will be looked at in any case."""
        if self.before is None:
            self.bodies.begin()

    def page_named(self, name: str) -> HubPage | None:
        """The page to which a page of docs/ links as if it were a file there."""
        entry = self.library.at(f"{CONTENT}/{name}")
        if entry and self.library.has_page(entry):
            return EntryPage(entry, self.config, self.root)
        if self.had_list(name):
            url = name.removesuffix("index.md")
            return HubPage("", HubFile(name, url, self.config), self.config, "")
        listing = next((each for each in self.lists if each.source == name), None)
        return self.list_in_menu(listing) if listing else None

    def list_in_menu(self, listing: Listing) -> ListingPage:
        """The page of a list, which the menu shows as the one that is open when it is drawn."""
        page = self.in_menu[listing.url] = ListingPage(listing, self.config)
        return page

    def had_list(self, name: str) -> bool:
        """Whether the last build knew a list of this name, and this one knows the same: to make all takes a second.

        The menu needs its title, too.
        """
        known = self.before is not None and self.before.facts == self.library.facts
        return known and destination(name.removesuffix("index.md")) in self.written.step.rows and name not in self.menu

    def page_of(self, thing: PageOf) -> HubPage:
        """The page of an entry or a list."""
        if isinstance(thing, Listing):
            return self.in_menu.get(thing.url) or ListingPage(thing, self.config)
        return EntryPage(thing, self.config, self.root, self.relations.related(thing), self.pack_of(thing))

    @cached_property
    def lists(self) -> list[Listing]:
        """Every list of the hub."""
        return list(listings(self.library, self.site))

    @cached_property
    def texts(self) -> dict[str, Listing]:
        """The lists above which a page of docs/ stands, by that page."""
        return {each.text: each for each in self.lists if each.text in self.docs}

    def furnish(self, env: Environment) -> Render:
        """Tells the templates what they may ask on every page: of the library only names."""
        shared = {
            "site": self.site,
            "library": self.library,
            "language": self.site.language,
            "stylesheet": self.stylesheet,
            "teaser": self.bodies.teaser,
            "minutes": self.bodies.minutes,
            "graphs": Graphs(Nodes(self.library, self.site, self.bodies.teaser)),
        }
        return furnish(env, shared, self.root / COMPILED if self.cache.path else None)

    # --- writing ---

    def write(self, files: Files, env: Environment, render: Render) -> None:
        """Writes what is not as it is to be. Where only texts were edited, nothing but them is looked at."""
        around = self.around()
        self.prints = Fingerprints(self.library, self.bodies, self.site, around)
        standing = {file: shown_by(file) for file in standing_files(files)}
        self.packed = offline_assets(files, self.stylesheet)
        common, contents = self.common(around, standing), dict(self.library.contents)
        self.made = Made(self.library.facts, common, contents, {})
        edited = self.only_edited(self.before) if self.before else None
        if self.before is None or edited is None:
            shown: Sequence[PageOf] = self.compare_all(files, standing, render)
        else:
            shown = self.compare(edited, self.before, standing)
        self.draw(shown, standing, files, env)
        self.index.look_at(destination(entry.url) for entry in self.library.published)

    def draw(self, things: Sequence[PageOf], standing: Iterable[StandingFile], files: Files, env: Environment) -> None:
        """Has pages drawn that are not as they are to be; by MkDocs, if another plugin wants to see each."""
        if is_alone(self.config):
            for file in standing:
                if not file.stale:
                    files.remove(file)
            draw_stale(things, self.is_stale, self.page_of, env, self.config, self.nav, self.shown)
        else:
            for page in map(self.page_of, filter(self.is_stale, things)):
                files.append(page.file)

    def around(self) -> str:
        """What all pages share, as a short name: our code, templates, the menu, the settings of the site."""
        site = (self.site.name, self.site.url, self.site.description, self.site.settings, self.site.preview)
        return digest(code(), surroundings(self.config, self.nav), site, self.stylesheet, self.config.copyright)

    def common(self, around: str, standing: Mapping[StandingFile, Any]) -> str:
        """All of which a site is made but the texts of its entries."""
        once = self.root / PUBLISHED
        once_published = once.read_bytes() if once.is_file() else b""
        changes = [(entry.path, changed(entry, self.site)) for entry in self.library.listed]
        others = sorted(self.owners), list(standing.values()), sorted(self.packed.items()), once_published
        return digest(around, self.library.facts, self.renderer.dialect, others, changes)

    @timed(COMPARING)
    def only_edited(self, before: Made) -> list[Entry] | None:
        """The entries whose texts have changed, if nothing else has, and nothing that other pages show of them."""
        paths = self.made.edited(before)
        if paths is None or len(paths) > FEW or not self.written.is_whole():
            return None
        found = [entry for path in paths if (entry := self.library.at(path)) and self.library.has_page(entry)]
        shared = all(self.bodies.by_path[entry.path].shared == before.shared[entry.path] for entry in found)
        return found if shared and not any(map(is_packed, found)) else None

    @timed(COMPARING)
    def compare(self, edited: Sequence[Entry], before: Made, standing: Iterable[StandingFile]) -> Sequence[Entry]:
        """What has a page that may have changed: the edited entries. The files that hold their texts are written."""
        self.written.keep()
        for file in standing:
            file.stale = False
        self.made.shared.update(before.shared)
        texts = [(entry, body) for entry in edited for body in self.bodies.of(entry)]
        self.judge(texts, {*self.owners, *self.written.marks})
        made = artifacts_with(edited, self.library, self.site, self.bodies) if edited else []
        self.write_artifacts(each for each in made if each.url not in self.owners)
        return edited

    @timed(COMPARING)
    def compare_all(self, files: Files, standing: Mapping[StandingFile, Any], render: Render) -> list[PageOf]:
        """Whatever has a page, but docs/, which MkDocs writes; other files are written."""
        lists = self.claimed_lists()
        self.relations.prepare()
        self.bodies.prepare()
        texts = self.bodies.all()
        self.made.shared.update((path, body.shared) for path, body in self.bodies.by_path.items())
        self.add_media(texts, files)
        self.packs = self.add_packs(files, render)
        for file, shown in standing.items():
            self.compare_standing(file, shown)
        made = self.claimed_artifacts(standing)
        known = {*self.owners, *(each.url for each in made)}
        self.problems += taken(self.library.published, {**self.owners, search.ENTRY: "the search"})
        self.problems += lost(self.root, known)
        self.judge(texts, known)
        self.write_artifacts(made)
        return [*self.library.published, *lists]

    def claimed_lists(self) -> list[Listing]:
        """The lists that have pages of their own. Each page, of an entry or of a list, gets its address."""
        lists = [each for each in self.lists if each.text not in self.texts]
        for entry in self.library.published:
            self.owners.claim(destination(entry.url), entry.path)
        for listing in lists:
            self.owners.claim(destination(listing.url), f"the list {listing.title!r}")
        return lists

    def claimed_artifacts(self, standing: Iterable[StandingFile]) -> list[Artifact]:
        """The files that are no pages; docs/ may bring a robots.txt or _redirects of its own."""
        others = [file.url for file in standing if file.src_uri not in self.texts]
        maps = sitemap.artifacts(sitemap.places(self.library, self.lists, others), self.site)
        every = (*artifacts(self.library, self.site, self.bodies), *maps)
        made = [each for each in every if each.url not in self.owners]
        twice = Counter(each.url for each in made)
        self.owners |= {url: "another file of the site" for url, count in twice.items() if count > 1}
        return made

    def judge(self, texts: Sequence[tuple[Entry, Gist]], known: Set[str]) -> None:
        """Judges texts by the addresses of the site; ends the build if there is anything wrong, here or before."""
        self.problems += self.owners.problems + self.bodies.problems(texts)
        self.problems += judge_addresses(texts, lambda address: destination(address) in known)
        if self.problems:
            give_up(self.problems)

    def is_stale(self, thing: Thing) -> bool:
        """Whether the file of a thing does not stand there as it is to be. Notes that it will: ask once for each."""
        name = thing.url if isinstance(thing, Artifact) else destination(thing.url)
        return not self.written.is_current(name, self.mark(thing))

    def mark(self, thing: Thing) -> str:
        """A short name of what the file of a thing shows."""
        if isinstance(thing, Artifact):
            return self.prints.of(*thing.shows, [self.bodies.mark(entry) for entry in thing.texts])
        if isinstance(thing, Listing):
            return self.prints.of(thing)
        links = [answer(self.library, thing, link.path) for link in find_links(thing.source.head)]
        return self.prints.of_page(thing, self.relations.related(thing), links, self.pack_of(thing))

    def pack_of(self, entry: Entry) -> int:
        """How many bytes one takes away with an entry; 0 for nothing."""
        return self.packs.size(entry) if self.packs else 0

    def compare_standing(self, file: StandingFile, shown: Any) -> None:
        """Finds out whether MkDocs is to write a page of docs/; one above a list gets the list's template."""
        listing = self.texts.get(file.src_uri)
        file.stale = not self.written.is_current(file.dest_uri, self.prints.of(*shown, listing))
        if listing and file.page:
            file.page.meta["template"] = f"listings/{listing.template}"

    def write_artifacts(self, made: Iterable[Artifact]) -> None:
        """Writes the files that are no pages and not yet as they are to be: at once, for together they are large."""
        spread(self._write, list(made), ARTIFACTS_WORTH_A_POOL, ARTIFACTS, self.is_stale)

    def _write(self, made: Sequence[Artifact]) -> list[None]:
        for artifact in made:
            write_over(Path(self.config.site_dir, artifact.url), artifact.content())
        return []

    def add_media(self, texts: Sequence[tuple[Entry, Gist]], files: Files) -> None:
        """Adds the documents of published entries, and the renditions of their pictures."""
        content, store = self.root / CONTENT, self.root / renditions.STORE
        pictures, documents = media(texts)
        for name in inside(documents, content):
            self.add_file(name, content, name, self.library.mark(name) or file_mark(content / name), files)
        wanted = {place: known for place, known in self.library.pictures.items() if place in pictures}
        unfit = renditions.make(wanted, content, store, self.cache)
        named = ((entry, links_of(entry.source)) for entry in self.library.published)
        self.problems += judge_pictures(named, unfit)
        for place, known in wanted.items():
            for one in known.renditions if place not in unfit else ():
                self.add_file(one.name, store, place, digest(renditions.made_by(), known.content), files)

    def add_packs(self, files: Files, render: Render) -> Packs:
        """Adds the packs of trainings, unless nothing will be published anyway."""
        packs = Packs(self.root, self.library, self.bodies, self.prints, self.packed)
        if not (self.problems or self.owners.problems):
            packs.make(render, anew=self.cache.path is None)
        for name, folder, owner, mark in packs.made():
            self.add_file(name, folder, owner, mark, files)
        return packs

    def add_file(self, name: str, folder: Path, owner: str, mark: str, files: Files) -> None:
        """Adds a file that is copied from a folder, if it is another one than was published."""
        self.owners.claim(name, owner)
        if not self.written.is_current(name, mark):
            files.append(MediaFile(name, str(folder), self.config.site_dir, self.config.use_directory_urls))

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
