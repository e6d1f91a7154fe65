"""What only the whole shows: references, links and addresses of all entries, judged against each other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import basename, dirname, exists, isfile, join, normpath, relpath

from chautari.acronyms import Definition
from chautari.awards import Award
from chautari.documents import named_documents
from chautari.entry import Entry
from chautari.library import CONTENT, Library
from chautari.links import Link
from chautari.pictures import Unfit, named_pictures
from chautari.problems import Problem, did_you_mean, nearest
from chautari.reading import Reading, Remains
from chautari.references import Reference
from chautari.source import Source
from chautari.vocabulary import folded

_SCHEMES = {"http", "https", "mailto", "tel", ""}
_LIKE_MAIL = re.compile(r"[^@\s/]+@[^@\s/]+\.[a-z]{2,}", re.IGNORECASE)
_LIKE_WEB = re.compile(
    r"(www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.(org|com|net|int|info|asia|in|bd|np|kh|id|ph|be)(/|$))", re.IGNORECASE
)


def judge_whole(library: Library, broken: set[str]) -> Iterator[Problem]:
    """What is wrong between sound files whatever their texts say; `broken` as below."""
    yield from _twins(library.entries)
    yield from judge_acronyms(library, broken)
    for collection in library.collections.values():
        yield from collection.checks(library)


def judge(readings: Sequence[Reading], library: Library, root: Path, broken: set[str]) -> Iterator[Problem]:
    """Everything in these files that does not fit the whole.

    `broken` holds the names of files that are not sound (`names_of_broken`): what leads to them is not judged, because
    one mistake in a file must not become one in each file that names it.
    """
    for reading in readings:
        yield from _judge_references(reading.entry, library, broken)
        yield from _judge_files(reading.entry, root)
        yield from _judge_links(reading.entry, reading.links, library, root, broken)


def _twins(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Entries that claim one address, by their own or by an old one."""
    owners: dict[str, Entry] = {}
    for entry in entries:
        owner = owners.setdefault(entry.url, entry)
        if owner is not entry:
            yield Problem(
                entry.path,
                0,
                "",
                f"has the address /{entry.url} of {owner.path}",
                "Give one of the two another `slug:`.",
            )
    disputed: set[str] = set()
    for entry in entries:
        for number, address in enumerate(entry.aliases):
            if address.startswith("/"):
                owner = owners.setdefault(address.lstrip("/"), entry)
                if owner is not entry:
                    disputed.add(entry.path)
                    line = entry.source.line(("aliases", number))
                    yield Problem(
                        entry.path,
                        line,
                        "aliases",
                        f"{address!r} is the address of {owner.path}",
                        "An address can lead to one page only.",
                    )
    known: dict[object, Entry] = {}
    for entry in entries:
        # Feed readers tell entries apart by their first slug; an imported one keeps the id that it was known by.
        owner = known.setdefault(entry.source_id or (entry.collection, entry.language, entry.first_slug), entry)
        if owner is not entry and owner.url != entry.url and not {entry.path, owner.path} & disputed:
            if entry.source_id:
                message, hint = f"{entry.source_id!r} is the id of {owner.path}", "Each entry has an id of its own."
            else:
                message = (
                    f"has the slug {entry.first_slug!r} of {owner.path}, and feed readers could not tell them apart"
                )
                newer = owner.path if entry.first_slug != entry.slug else "one of the two"
                hint = f"Give {newer} another `slug:`."
            line = entry.source.line(("source_id",)) if entry.source_id else 0
            yield Problem(entry.path, line, "source_id" if entry.source_id else "", message, hint)


def judge_remains(remains: Iterable[Remains], library: Library, root: Path, broken: set[str]) -> Iterator[Problem]:
    """What is wrong with references and links of files that are not sound for other reasons."""
    for left in remains:
        lines = left.source.head.split("\n")
        for reference in left.references:
            if wrong := _wrong(reference, library, broken):
                # No model tells where it stands; its words do.
                number = next((number for number, line in enumerate(lines) if reference.text in line), 0)
                key = re.match(r"[\s-]*([a-z_]+):", lines[number])
                field = key[1] if key else reference.collection
                yield Problem(left.source.path, left.source.head_line + number, field, *wrong)
        yield from _judge_links(left.source, left.links, library, root, broken)


def judge_pictures(texts: Iterable[tuple[Entry, Iterable[Link]]], unfit: Mapping[str, Unfit]) -> Iterator[Problem]:
    """Files that are named as pictures and cannot be shown, wherever they are named; `unfit` by place in content/."""
    for entry, links in texts if unfit else ():
        for line, field, place in named_pictures(entry, links):
            if place in unfit:
                yield Problem(entry.path, line, field, *unfit[place])


def judge_documents(texts: Iterable[tuple[Entry, Iterable[Link]]], unfit: Mapping[str, Unfit]) -> Iterator[Problem]:
    """Documents that are not what they seem, wherever they are named; `unfit` by place in content/.

    And those that may only be linked: by a link to the file itself they would be copied onto the site.
    """
    found = list(texts)
    withheld = {entry.beside(file) for entry, _ in found for file in entry.withheld()}
    for entry, links in found if unfit or withheld else ():
        for line, field, place in named_documents(entry, links):
            if place in unfit:
                yield Problem(entry.path, line, field, *unfit[place])
            elif place in withheld:
                message = f"the link to {place.rpartition('/')[2]!r} would publish what may only be linked"
                yield Problem(entry.path, line, field, message, "Link to the resource's page instead.")


def judge_awards(awards: Iterable[tuple[Award, Source]], library: Library, broken: set[str]) -> Iterator[Problem]:
    """Awards of what nobody can look up: their holders would have nothing to show."""
    for award, source in awards:
        for field, reference in (("credential", award.credential), ("event", award.event)):
            if reference and (wrong := _wrong(reference, library, broken)):
                yield Problem(source.path, source.line((field,)), field, *wrong)
        credential = library.find(award.credential)
        if credential and not library.has_page(credential):
            message, hint = f"{credential.path} is not published", "What has been awarded stays on the site."
            yield Problem(source.path, source.line(("credential",)), "credential", message, hint)


def judge_acronyms(library: Library, broken: set[str]) -> Iterator[Problem]:
    """Acronyms of the vocabulary that lead to no partner, or mean another thing than a partner's without saying so."""
    told: dict[str, list[Definition]] = defaultdict(list)
    for each in library.definitions:
        told[each.word].append(each)
        if each.meaning.partner and (wrong := _wrong(each.meaning.partner, library, broken)):
            yield Problem(each.source.path, each.source.line(("partner",)), f"{each.word}, partner", *wrong)
    for entry in library.entries if told else ():
        word, _ = entry.abbreviated() or ("", {})
        if entry.original and told[word] and not any(_tells_of(entry, each, library) for each in told[word]):
            source = told[word][0].source
            message = f"is also the acronym of {entry.title} ({entry.path})"
            hint = f"If it is the same, write `partner: {entry.slug}` below it; if not, list both meanings there."
            yield Problem(source.path, source.line(()), word, message, hint)


def _tells_of(entry: Entry, definition: Definition, library: Library) -> bool:
    partner = definition.meaning.partner
    return library.find(partner) is entry if partner else definition.is_of(entry)


def _judge_references(entry: Entry, library: Library, broken: set[str]) -> Iterator[Problem]:
    for location, reference in entry.references():
        if wrong := _wrong(reference, library, broken):
            field = str(location[0]) if len(location) <= 2 else f"{location[0]}, {location[-1]}"
            yield Problem(entry.path, entry.source.line(location), field, *wrong)


def _wrong(reference: Reference, library: Library, broken: set[str]) -> tuple[str, str] | None:
    """Message and hint for a reference that means nothing, or more than one entry."""
    found = library.candidates(reference)
    if len(found) == 1 or (not found and reference.loose):
        return None
    if found:
        slugs = {candidate.slug for candidate in found}
        words = slugs if len(slugs) == len(found) else {candidate.place for candidate in found}
        return f"{reference.text!r} may mean any of: {', '.join(sorted(words))}", "Write the one that you mean."
    if f"{reference.collection}:{folded(reference.text)}" in broken:
        return None
    names = [name for other in library.entries if other.collection == reference.collection for name in other.names]
    hint = did_you_mean(reference.text, names) or "Write the name of its file without .md, or its full name."
    return f"{reference.text!r} is not one of the {reference.collection}", hint


def _judge_links(
    text: Entry | Source, links: Iterable[Link], library: Library, root: Path, broken: set[str]
) -> Iterator[Problem]:
    for link in links:
        problem = _judge_link(text, link, library, root)
        if problem and link.path.rpartition("/")[2] not in broken:
            yield problem


def _judge_files(entry: Entry, root: Path) -> Iterator[Problem]:
    for location, name in entry.named_files():
        folder = root / dirname(entry.path)
        if not isfile(folder / name):
            line = entry.source.line(location)
            yield Problem(entry.path, line, str(location[0]), f"{name!r} is not there", _near_file(folder, name))


def _judge_link(entry: Entry | Source, link: Link, library: Library, root: Path) -> Problem | None:
    def problem(message: str, hint: str = "") -> Problem:
        return Problem(entry.path, link.line, "", message, hint)

    if link.scheme or link.target.startswith("//"):
        if link.picture:
            what = (
                "a picture is pasted in"
                if link.scheme == "data"
                else f"the picture {link.target!r} lies on another site"
            )
            return problem(what, "Save it beside this text and name the file here.")
        if link.scheme not in _SCHEMES:
            return problem(
                f"the link {link.target!r} can be opened by nobody else", "Write an address that begins with https://."
            )
        return None
    if link.path.startswith("/") or not link.path:  # whole addresses and anchors are checked when all pages are known
        return None
    if "\\" in link.target:
        return problem(f"the link {link.target!r} is written with \\", "Write / between folders.")
    if _LIKE_MAIL.fullmatch(link.path):
        return problem(f"the link {link.target!r} is an e-mail address", f"Write mailto:{link.target}.")
    if _LIKE_WEB.match(link.path) and not exists(join(root, dirname(entry.path), link.path)):
        return problem(f"the link {link.target!r} is not whole", f"Write https://{link.target}.")
    path = normpath(join(dirname(entry.path), link.path))
    if path.endswith(".md"):
        if library.linked(entry, link.path):
            return None
        paths = {_stem(other.path): other.path for other in library.entries}
        hint = "Check the file's name, and the folder before it."
        if near := nearest(_stem(path), paths):
            hint = f"Did you mean {relpath(paths[near], dirname(entry.path))}?"
        return problem(f"the link {link.target!r} leads to no entry", hint)
    if not path.startswith(f"{CONTENT}/"):
        return problem(f"the link {link.target!r} leaves the content's folder", "Put the file beside this text.")
    if not isfile(root / path):
        what = "picture" if link.picture else "link"
        return problem(
            f"the {what} {link.target!r} is not there", _near_file((root / path).parent, path.rpartition("/")[2])
        )
    return None


def _stem(path: str) -> str:
    name = basename(path)
    return name.rpartition(".")[0] or name


def _near_file(folder: Path, name: str) -> str:
    names = [path.name for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return (
        did_you_mean(name, names)
        or "Put the file beside the text, and write its name as it is, with small and capital letters."
    )
