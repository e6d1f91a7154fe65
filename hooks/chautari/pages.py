"""What MkDocs asks of a file and of a page, answered by an entry or a listing; the templates' surroundings."""

from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from chautari import wording
from chautari.entry import Entry
from chautari.library import CONTENT
from chautari.listing import Listing
from chautari.markdown import Body
from chautari.site import relative_url


class HubFile(File):
    """A page of the hub as a file of MkDocs: its address is the library's, and it stands in no menu."""

    def __init__(self, source: str, url: str, config: MkDocsConfig, folder: Path | None = None) -> None:
        super().__init__(
            source,
            str(folder) if folder else None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=destination(url),
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        if folder is None:
            self.generated_by = "chautari"


class HubPage(Page):
    """A page whose text does not come from docs/: MkDocs must neither read nor render it."""

    def __init__(self, title: str, file: HubFile, config: MkDocsConfig, template: str) -> None:
        super().__init__(title, file, config)
        self.meta = {"template": template}

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""
        self.present_anchor_ids = set()


class EntryPage(HubPage):
    """The page of one entry; its content is the entry's body, placed at its address."""

    def __init__(self, entry: Entry, config: MkDocsConfig, root: Path) -> None:
        file = HubFile(entry.path.removeprefix(f"{CONTENT}/"), entry.url, config, root / CONTENT)
        file.edit_uri = f"../{entry.path}"
        super().__init__(entry.title, file, config, f"entries/{entry.collection}.html")
        self.entry = entry

    def show(self, body: Body) -> None:
        """Puts the entry's text at the page's place."""
        self.content = body.placed(relative_url(self.entry.url, ""))


class ListingPage(HubPage):
    """The page of a listing that has no words of its own in docs/."""

    def __init__(self, listing: Listing, config: MkDocsConfig) -> None:
        source = listing.url.rstrip("/") or "index"
        super().__init__(
            listing.title, HubFile(f"{source}/index.md", listing.url, config), config, f"listings/{listing.template}"
        )
        self.listing = listing


def destination(url: str) -> str:
    """The file of an address: `partners/gefont/` is partners/gefont/index.html."""
    return f"{url}index.html" if url.endswith("/") or not url else url


def furnish(env: Environment, language: str) -> None:
    """Gives the templates gettext, dates and the names of languages."""
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_translations(wording.translations(language), newstyle=True)  # type: ignore[attr-defined]  # by the extension
    env.trim_blocks = env.lstrip_blocks = True
    env.autoescape = True  # MkDocs leaves it off; a title is text and never markup

    def in_language(function: Any) -> Any:
        return lambda value, spoken=language: function(value, spoken)

    env.filters.update(
        day=in_language(wording.day),
        month=in_language(wording.month),
        clock=in_language(wording.clock),
        language_name=in_language(wording.language_name),
        direction=wording.direction,
    )
