"""Resources: what one can read, watch or use (subtypes of schema:CreativeWork, Dublin Core)."""

import re
from collections.abc import Iterator
from mimetypes import MimeTypes
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from chautari.citation import Citation, Creator, creators_of
from chautari.entry import Collection, Entry
from chautari.library import Library
from chautari.references import Organisation, ResourceRef
from chautari.schema_org import Node, Nodes, filled, node
from chautari.site import Site
from chautari.source import Location
from chautari.validation import Model
from chautari.values import FileName, Language, Many, Text, WebAddress, complaint, licence_url
from chautari.vocabulary import ResourceKind

_MEDIA_TYPES = MimeTypes()
"""Python's own table, which is the same on all machines; the module's functions read the system's as well."""
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def _isbn(value: str) -> str:
    """An ISBN of 10 or 13 digits whose check digit is right (ISO 2108)."""
    digits = value.replace("-", "").replace(" ", "").upper()
    if re.fullmatch(r"\d{13}", digits):
        good = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        good = sum((10 if digit == "X" else int(digit)) * (10 - place) for place, digit in enumerate(digits)) % 11 == 0
    else:
        good = False
    if not good:
        raise complaint(f"{value!r} is not an ISBN", "Copy its 10 or 13 digits from the book; one of them is mistyped.")
    return value


def _doi(value: str) -> str:
    name = value.removeprefix("https://doi.org/").removeprefix("doi:")
    if not _DOI.fullmatch(name):
        raise complaint(f"{value!r} is not a DOI", "Write for example 10.1000/182.")
    return name


class ResourceFile(Model):
    """One file of a resource, in one language."""

    file: FileName
    language: Language | None = None
    title: Text | None = None


class Resource(Entry):
    """A publication, a film, a law, a tool. One that may only be linked is never copied."""

    kind: ResourceKind
    creators: Many[Organisation] = ()
    publisher: Organisation | None = None
    year: Annotated[int, Field(ge=1000, le=2200)]
    files: Many[ResourceFile] = ()
    # Not by this name in published data, where every record's `url` is that of its page.
    web_address: WebAddress | None = Field(default=None, validation_alias="url")
    archived_url: WebAddress | None = None
    isbn: Annotated[str, AfterValidator(_isbn)] | None = None
    doi: Annotated[str, AfterValidator(_doi)] | None = None
    languages: Many[Language] = ()
    edition: Text | None = None
    replaces: ResourceRef | None = None
    access: Literal["copy", "link only"] = "copy"

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        if not (self.files or self.web_address or self.archived_url or self.doi):
            hint = "Write `files:` with a file beside this text, or `url:`, `archived_url:` or `doi:`."
            raise complaint("has neither a file nor a link, so nobody could read it", hint)

    def licence_in(self, hub: str) -> str:
        """The hub's licence says nothing of what others have made."""
        return self.licence or ""

    def named_files(self) -> Iterator[tuple[Location, str]]:
        yield from super().named_files()
        for number, item in enumerate(self.files):
            yield ("files", number, "file"), item.file

    def documents(self) -> Iterator[tuple[Location, str]]:
        """What may only be linked is never copied."""
        if self.access == "copy":
            yield from super().documents()

    def withheld(self) -> Iterator[str]:
        if self.access == "link only":
            yield from (item.file for item in self.files)


_TYPES = {
    "report": ("Report", "report"),
    "policy-brief": ("Report", "report"),
    "manual": ("LearningResource", "book"),
    "toolkit": ("LearningResource", "document"),
    "law": ("Legislation", "legislation"),
    "convention": ("Legislation", "legislation"),
    "video": ("VideoObject", "motion_picture"),
    "webinar-recording": ("VideoObject", "motion_picture"),
    "photo-set": ("Collection", "graphic"),
    "poster": ("Poster", "graphic"),
    "dataset": ("Dataset", "dataset"),
    "link": ("CreativeWork", "webpage"),
}
"""What resources of each kind are in schema.org, and in CSL."""


def _types(resource: Resource) -> tuple[str, str]:
    return _TYPES.get(resource.kind.key, ("CreativeWork", "document"))


def _described(resource: Resource, nodes: Nodes) -> Node:
    """The work of somebody else: what the hub's licence is says nothing of this one's."""
    kind, _ = _types(resource)
    doi = f"https://doi.org/{resource.doi}" if resource.doi else ""
    return nodes.work(resource) | filled(
        **{"@type": ["Book", kind] if resource.isbn else kind},
        author=nodes.all_named(*resource.creators) + nodes.people(resource.authors),
        publisher=nodes.named(resource.publisher),
        datePublished=str(resource.year),
        inLanguage=list(resource.languages) or resource.language,
        license=licence_url(resource.licence) if resource.licence else "",
        sameAs=[address for address in (resource.web_address, doi) if address],
        archivedAt=resource.archived_url,
        isbn=resource.isbn,
        identifier=doi,
        version=resource.edition,
        isBasedOn=nodes.named(resource.replaces),
        mentions=nodes.all_named(*resource.partners),
        encoding=[_encoding(resource, item, nodes) for item in _copies(resource)],
        numberOfPages=_pages(resource, nodes.library) if resource.isbn else None,  # schema.org has it for books alone
    )


def _copies(resource: Resource) -> tuple[ResourceFile, ...]:
    return resource.files if resource.access == "copy" else ()


def _pages(resource: Resource, library: Library) -> int | None:
    """The pages of the first file that has any: its translations may have others."""
    counted = (library.document(resource, item.file).pages for item in _copies(resource))
    return next((pages for pages in counted if pages), None)


def _encoding(resource: Resource, item: ResourceFile, nodes: Nodes) -> Node:
    known = nodes.library.document(resource, item.file)
    return node(
        "MediaObject",
        name=item.title,
        contentUrl=nodes.address(resource.file_url(item.file)),
        encodingFormat=_MEDIA_TYPES.guess_type(item.file)[0],
        contentSize=f"{known.size} B" if known.size else "",
        sha256=known.sha256,
        inLanguage=item.language,
    )


def _cited(resource: Resource, library: Library, site: Site) -> Citation:
    _, kind = _types(resource)
    page = site.absolute(resource.url)
    doi = f"https://doi.org/{resource.doi}" if resource.doi else ""
    pdf = next((item.file for item in _copies(resource) if item.file.lower().endswith(".pdf")), "")
    return Citation(
        "book" if resource.isbn else kind,
        resource.title,
        resource.language,
        page=page,
        address=doi or resource.web_address or page,
        creators=(
            *(Creator(library.title(reference)) for reference in resource.creators),
            *creators_of(resource.authors, library),
        ),
        issued=resource.year,
        container="" if doi or resource.web_address else site.name,
        publisher=library.title(resource.publisher) if resource.publisher else "",
        edition=resource.edition or "",
        isbn=resource.isbn or "",
        doi=resource.doi or "",
        licence=resource.licence_in(site.settings.licence),
        pdf=site.absolute(resource.file_url(pdf)) if pdf else "",
    )


def latest_first(resource: Resource) -> Any:
    """A sort key: by the year of publication, whatever day they came onto the hub; of one year by title."""
    return (-resource.year, resource.title.casefold(), resource.slug)


COLLECTION = Collection(
    "resources",
    Resource,
    order=latest_first,
    schema_type="CreativeWork",
    described=_described,
    cited=_cited,
    cite_files=True,
)
