"""What MkDocs asks of a file and of a page, answered by an entry or a listing; pages drawn and written."""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import Environment, TemplateError
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from chautari import citation
from chautari.bodies import Bodies
from chautari.calendars import own_address
from chautari.channels import partner_channel
from chautari.entry import Entry, newest_first
from chautari.library import CONTENT, Library
from chautari.linking import ROOT, placed_text
from chautari.listing import Listing
from chautari.markdown import Gist
from chautari.packs import name_of
from chautari.particulars import particulars
from chautari.pictures import DRAWING, is_picture
from chautari.pool import spread
from chautari.relations import Related
from chautari.sharing import share_text
from chautari.site import destination, relative_url
from chautari.templates import placed
from chautari.timing import PAGES, timed_alone
from chautari.written import write_over

Shown: TypeAlias = Mapping[str, Any]
"""What a template is handed."""
_WORTH_A_POOL = 64
"""From so many pages on, two processes draw them sooner than one."""
_KEPT = 4_096
"""So many parts of pages a process remembers: some megabytes, however large the hub is."""
# Of Material's files, what no page of ours loads.
UNUSED = ("assets/javascripts/", "assets/stylesheets/palette.", "assets/images/")


class HubFile(File):
    """A page of the hub as a file of MkDocs: its address is the library's, and it stands in no menu."""

    src_path = ""  # as it is given: File's property would take it apart and put it together again

    def __init__(self, source: str, url: str, config: MkDocsConfig, folder: Path | None = None) -> None:
        super().__init__(
            source,
            str(folder) if folder else None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=destination(url),
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.src_uri = source
        if folder is None:
            self.generated_by = "chautari"

    def is_modified(self) -> bool:
        """What `--dirty` asks: only what is to be written becomes a file of MkDocs."""
        return True


class StandingFile(File):
    """A page of docs/: it is always read, because the menu shows its title, and written if what it shows changed."""

    stale = True

    def is_modified(self) -> bool:
        """What `--dirty` asks, as above."""
        return self.stale


class HubPage(Page):
    """A page whose text does not come from docs/: MkDocs must neither read nor render it."""

    active = True
    content = markdown = update_date = ""
    children = previous_page = next_page = edit_url = abs_url = None

    def __init__(self, title: str, file: HubFile, config: MkDocsConfig, template: str) -> None:
        # Not by Page's own: it asks for the time and takes two addresses apart, a tenth of the time of most lists.
        file.page = self
        self.file, self.title = file, title
        self.canonical_url = f"{config.site_url}{self.url}"
        self.meta = {"template": template}
        self.toc, self.present_anchor_ids = TableOfContents([]), set()

    @property
    def name(self) -> str:
        """What people know the page by."""
        return f"/{self.url}"

    def shown(self, library: Library, bodies: Bodies) -> dict[str, Any]:
        """What the page's template is handed beside what all are."""
        return {}


class EntryPage(HubPage):
    """The page of one entry."""

    def __init__(
        self, entry: Entry, config: MkDocsConfig, root: Path, related: Sequence[Related] = (), pack: int = 0
    ) -> None:
        file = HubFile(entry.path.removeprefix(f"{CONTENT}/"), entry.url, config, root / CONTENT)
        file.edit_uri = f"../{entry.path}"
        super().__init__(entry.title, file, config, f"entries/{entry.collection}.html")
        self.entry, self.related, self.pack = entry, related, pack

    @property
    def name(self) -> str:
        """The entry's file."""
        return self.entry.path

    def shown(self, library: Library, bodies: Bodies) -> dict[str, Any]:
        """The entry, and what stands around it."""
        return {
            **particulars(self.entry, library, bodies.site),
            "entry": self.entry,
            "content": placed_text(bodies.html(self.entry), ROOT),
            "versions": library.translations(self.entry),
            "related": self.related,
            "neighbours": library.neighbours(self.entry),
            "share": share_text(self.entry, bodies),
            "mentions": library.mentioning(self.entry),
            "calendar": own_address(library, self.entry),
            "rich": bodies.rich_text(self.entry),
            "pack": {"url": name_of(self.entry), "size": self.pack} if self.pack else None,
            "citation": citation.of_entry(self.entry, library, bodies.site),
            "channel": partner_channel(library, self.entry) if self.entry.collection == "partners" else None,
        }


class ListingPage(HubPage):
    """The page of a listing that has no words of its own in docs/."""

    def __init__(self, listing: Listing, config: MkDocsConfig) -> None:
        file = HubFile(listing.source, listing.url, config)
        super().__init__(listing.title, file, config, f"listings/{listing.template}")
        self.listing = listing

    def shown(self, library: Library, bodies: Bodies) -> dict[str, Any]:
        """The list."""
        return {"listing": self.listing}


class PagesOnDemand(Files):
    """MkDocs' files, where pages of the hub are found by their names and are otherwise not there.

    MkDocs would handle each of them several times; so it sees those that its own pages link to.
    """

    def __init__(self, files: Iterable[File], named: Callable[[str], HubPage | None]) -> None:
        super().__init__(files)
        self._named = named
        self._found: dict[str, File | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """A file, by its path in docs/ or content/."""
        file = super().get_file_from_path(path)
        if file is None and path.endswith(".md"):
            if path not in self._found:
                page = self._named(path)
                self._found[path] = page.file if page else None
            file = self._found[path]
        return file


def standing_files(files: Files) -> list[StandingFile]:
    """The pages of docs/."""
    return [file for file in files.documentation_pages() if isinstance(file, StandingFile)]


def shown_by(file: StandingFile) -> tuple[str, str, str]:
    """What a page of docs/ shows of its own. MkDocs takes titles out of HTML as they stand there."""
    if file.page is None:
        return "", "", ""
    file.page.title = unescape(file.page.title or "")
    return file.page.title, file.page.content or "", repr(sorted(file.page.meta.items()))


def lean(files: Files) -> str:
    """Takes out of the theme what no page loads (scripts, palettes, source maps); the stylesheet that stays."""
    for file in list(files):
        if file.src_uri.startswith(UNUSED) or file.src_uri.endswith(".css.map"):
            files.remove(file)
    return next(file.src_uri for file in files if file.src_uri.startswith("assets/stylesheets/main."))


def offline_assets(files: Files, stylesheet: str) -> dict[str, bytes]:
    """What the pages of a pack load: the style sheets of the site in one, and the script that needs no server."""

    def source(name: str) -> bytes:
        file = files.get_file_from_path(name)
        return Path(file.abs_src_path).read_bytes() if file and file.abs_src_path else b""

    sheets = [source(name) for name in (stylesheet, "assets/hub.css", "assets/training.css")]
    dark = b"@media screen and (prefers-color-scheme: dark) {\n" + source("assets/dark.css") + b"}\n"
    return {"style.css": b"\n".join([*sheets, dark]), "training.js": source("assets/training.js")}


def stand_apart(files: Files, config: MkDocsConfig) -> None:
    """Has the pages of docs/ judged by what they show, and not by their own time."""
    for file in files.documentation_pages():
        files.remove(file)
        files.append(StandingFile(file.src_uri, file.src_dir, config.site_dir, config.use_directory_urls))


def media(entries: Iterable[tuple[Entry, Gist]]) -> tuple[set[str], set[str]]:
    """The pictures that published pages show, and the documents that go with them as they are, as paths from content/.

    What no published text names stays unpublished: drafts, and pictures whose consent has been withdrawn.
    """
    pictures: set[str] = set()
    documents: set[str] = set()
    for entry, body in entries:
        if entry.status != "withdrawn":
            pictures |= {entry.beside(picture.file) for _, picture in entry.pictures()}
            pictures |= set(filter(is_picture, body.files))
            documents |= {entry.beside(file) for _, file in entry.documents()}
            documents |= set(itertools.filterfalse(is_picture, body.files))
    drawings = {file for file in documents if file.lower().endswith(DRAWING)}  # nobody keeps one with its scripts
    return pictures | drawings, documents - drawings


class MediaFile(File):
    """A picture or document that is to be copied, whatever `--dirty` thinks of its time."""

    def is_modified(self) -> bool:
        """What `--dirty` asks."""
        return True


def surroundings(config: MkDocsConfig, nav: Navigation) -> tuple[object, ...]:
    """What all pages share of MkDocs' own: templates, the menu, the theme."""
    templates = [path.read_bytes() for path in sorted(Path(str(config.theme.custom_dir)).rglob("*.html"))]
    menu = [repr(item) for item in nav.items] + [(page.title, page.url) for page in nav.pages]
    return templates, menu, [version(name) for name in ("mkdocs", "mkdocs-material", "Jinja2")]


def is_alone(config: MkDocsConfig) -> bool:
    """Whether no other plugin wants to see a page: one would have to see it in this process, and at its turn."""
    return all(len(config.plugins.events[event]) == 1 for event in ("page_context", "post_page"))


def draw_stale(
    things: Sequence[Entry | Listing],
    is_stale: Callable[[Entry | Listing], bool],
    page_of: Callable[[Entry | Listing], HubPage],
    env: Environment,
    config: MkDocsConfig,
    nav: Navigation,
    shown: Callable[[Page], Shown],
) -> None:
    """Has the pages that are stale drawn and written on all cores; MkDocs would do so with one after the other.

    Each page is made when it is drawn: twenty thousand take a hundred megabytes.
    """

    around = get_context(nav, [], config)

    def draw_part(part: Sequence[Entry | Listing]) -> list[None]:
        kept: Any = env.globals["drawn"]
        for page in map(page_of, part):
            with timed_alone(page.name, PAGES):
                draw(page)
            if len(kept) > _KEPT:
                kept.clear()
        return []

    def draw(page: HubPage) -> None:
        try:
            html = env.get_template(str(page.meta["template"])).render({**around, "page": page, **shown(page)})
        except TemplateError as error:
            raise PluginError(f"The page {page.file.src_uri} cannot be drawn: {error}") from error
        write_over(Path(str(page.file.abs_dest_path)), placed(html, relative_url(page.url, "")).encode())

    spread(draw_part, sorted(things, key=_by_what_it_shows), _WORTH_A_POOL, PAGES, is_stale)


def _by_what_it_shows(thing: Entry | Listing) -> Any:
    """A sort key: lists that begin with the same entries follow each other, so that few cards are drawn twice."""
    entries = thing.entries if isinstance(thing, Listing) else ()
    return newest_first(entries[0]) if entries else ()
