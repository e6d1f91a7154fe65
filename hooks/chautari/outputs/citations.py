"""How a work is cited, as files for reference managers: BibTeX, and CSL-JSON (csl-data.json of CSL 1.0.2).

A name stays whole in both. Front matter does not say which part of it is the family's, and in Asia a rule for that
would be wrong as often as right.
"""

import datetime as dt
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from chautari.artifact import Artifact, Texts
from chautari.citation import Citation, of_entry
from chautari.library import Library
from chautari.site import Site

# What has a meaning in TeX ("The TeXbook", chapter 7), as commands, because BibTeX counts braces behind a backslash too
# ("BibTeXing", 4). Letters beyond ASCII stay: biber and today's BibTeX read UTF-8.
_COMMANDS = {"\\": "backslash", "{": "braceleft", "}": "braceright", "^": "asciicircum", "~": "asciitilde"}
_TEX = str.maketrans({
    **{character: rf"\text{name}{{}}" for character, name in _COMMANDS.items()},
    **{character: rf"\{character}" for character in "$&#%_"},
})  # fmt: skip
_BIBTEX = {"book": "book", "report": "techreport"}
"""The types of CSL that BibTeX has a type for ("BibTeXing", 3.1); everything else is `misc`."""
_ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
"""The roles that both formats know; others have contributed (CSL 1.0.2, appendix IV)."""


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """Beside the page of each work: cite.bib and cite.csl.json."""
    for entry in library.published:
        citation = of_entry(entry, library, site) if library.collections[entry.collection].cite_files else None
        if citation and entry.status != "withdrawn":
            for name, written in (("cite.bib", bibtex(citation, entry.slug)), ("cite.csl.json", csl(citation))):
                yield Artifact(f"{entry.url}{name}", partial(str.encode, written), (written,))


def bibtex(citation: Citation, key: str) -> str:
    """One entry. Braces around a whole value keep capitals and names as they are ("BibTeXing", 3.2 and 4)."""
    kind = _BIBTEX.get(citation.kind, "misc")
    if kind == "techreport" and not citation.publisher:
        kind = "misc"  # a report needs an institution
    rows = [key, *(f"  {name} = {braced(value)}" for name, value in _fields(citation, kind))]
    return f"@{kind}" + braced(",\n".join(rows) + "\n") + "\n"


def _fields(citation: Citation, kind: str) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        if names := [braced(tex(each.name)) for each in citation.creators if each.role == role]:
            yield role, " and ".join(names)
    publisher = "institution" if kind == "techreport" else "publisher"
    issued = citation.issued
    found = [
        ("title", braced(tex(citation.title))),
        ("year", str(citation.year or "")),
        ("month", str(issued.month) if isinstance(issued, dt.date) else ""),
        (publisher, tex(citation.publisher)),
        ("howpublished", tex(citation.container) if kind == "misc" else ""),
        ("edition", tex(citation.edition)),
        ("isbn", citation.isbn),
        ("doi", verbatim(citation.doi)),
        ("url", verbatim(citation.address)),
        ("language", citation.language),
        ("note", tex(citation.licence)),
    ]
    yield from ((name, value) for name, value in found if value)


def braced(value: str) -> str:
    """A value or a part of one that stays as it is."""
    return "{" + value + "}"


def tex(text: str) -> str:
    """A text with all that TeX would take for commands as plain characters, in one line."""
    return " ".join(text.translate(_TEX).split())


def verbatim(address: str) -> str:
    """An address or a DOI, which styles print as it is; only the braces that BibTeX counts are written otherwise."""
    return address.replace("{", "%7B").replace("}", "%7D")


def csl(citation: Citation) -> str:
    """A list of one item, as citation processors and Zotero read it."""
    item: dict[str, Any] = {
        "id": citation.page,
        "type": citation.kind,
        "title": citation.title,
        **_names(citation),
        "issued": {"date-parts": [_date_parts(citation.issued)]} if citation.issued else None,
        "container-title": citation.container,
        "publisher": citation.publisher,
        "edition": citation.edition,
        "ISBN": citation.isbn,
        "DOI": citation.doi,
        "URL": citation.address,
        "language": citation.language,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _names(citation: Citation) -> dict[str, list[dict[str, str]]]:
    names: dict[str, list[dict[str, str]]] = {}
    for creator in citation.creators:
        names.setdefault(_ROLES.get(creator.role, "contributor"), []).append({"literal": creator.name})
    return names


def _date_parts(issued: dt.date | int) -> list[int]:
    return [issued.year, issued.month, issued.day] if isinstance(issued, dt.date) else [issued]
