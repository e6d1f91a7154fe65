"""Which of the files that were brought is the blog: a classic export is one file, a Takeout a tree of many."""

import csv
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from chautari.moving.unpacking import AGAIN, Bundle, Part, refusal, unpack
from chautari.problems import ContentError

WANTED = "an export of Blogger"
FEED, SETTINGS = "feed.atom", "settings.csv"
CLASSIC = "blog-*.xml"


class Found(NamedTuple):
    """The file with the blog, the folder in which it lies, what was brought with it, and what its settings say."""

    feed: Part
    folder: PurePosixPath
    bundle: Bundle
    settings: dict[str, str]


def find(path: Path) -> Found:
    """The blog at a path: a file, a folder, a ZIP, or a blog's folder in one of them. Raises `ContentError`."""
    bundle, chosen = _brought(path)
    name = _the_one(bundle, chosen, path)
    folder = PurePosixPath(name).parent
    settings = bundle.parts.get(str(folder / SETTINGS))
    return Found(bundle.parts[name], folder, bundle, _settings(settings) if settings else {})


def _brought(path: Path) -> tuple[Bundle, str]:
    """The files, and what was chosen of them. The pictures of a blog lie beside the folder of the blogs."""
    if archive := next((parent for parent in path.parents if parent.is_file()), None):
        return unpack(archive), path.relative_to(archive).as_posix()
    folder = path.parent if path.name == FEED else path
    if not (folder / FEED).is_file():
        return unpack(path), "."
    whole = folder.absolute().parent.parent
    if (whole / "Albums").is_dir():
        return unpack(whole), folder.absolute().relative_to(whole).as_posix()
    # Nobody knows what else lies there: it may be the folder of all downloads.
    alone = (unpack(folder / name) for name in (FEED, SETTINGS) if (folder / name).is_file())
    return Bundle(str(folder), {name: part for each in alone for name, part in each.parts.items()}), "."


def _the_one(bundle: Bundle, chosen: str, path: Path) -> str:
    """The name of the one file that holds the blog."""
    if len(bundle.parts) == 1 and chosen == "." and not _archives(bundle):
        return next(iter(bundle.parts))
    there = [name for name in bundle.parts if PurePosixPath(name).is_relative_to(chosen)]
    if not there and chosen != ".":
        raise refusal(str(path), "is not there", f"{bundle.place} holds nothing of that name.")
    blogs = _blogs(bundle, there)
    if not blogs:
        raise _nothing(bundle)
    if len(blogs) > 1:
        ways = [name.removesuffix(f"/{FEED}") for name in blogs]
        names = ", ".join(PurePosixPath(way).name for way in ways)
        raise refusal(bundle.place, f"holds {len(blogs)} blogs: {names}", f"Choose one: {bundle.place}/{ways[0]}")
    return blogs[0]


def _blogs(bundle: Bundle, names: Iterable[str]) -> list[str]:
    """The files that are blogs: other feeds hold what the account's owner wrote below the posts of other people."""
    paths = [PurePosixPath(name) for name in names]
    feeds = [path for path in paths if path.name == FEED and path.parent.parent.name != "Comments"]
    # In other languages the folders may have other names.
    sure = [path for path in feeds if str(path.with_name(SETTINGS)) in bundle.parts]
    return [str(path) for path in sure or feeds or (path for path in paths if path.match(CLASSIC))]


def _archives(bundle: Bundle) -> list[str]:
    return [name for name in bundle.parts if name.lower().endswith((".zip", ".tgz"))]


def _nothing(bundle: Bundle) -> ContentError:
    if nested := _archives(bundle):
        hint = "Unpack all of them into one folder, and give that."
        return refusal(bundle.place, f"holds an archive that must be unpacked first: {nested[0]}", hint)
    hint = f"Give a file {CLASSIC}, or the folder or ZIP of a Takeout: it holds a {FEED} for each blog."
    return refusal(bundle.place, f"is not {WANTED}: it holds no {FEED}" if bundle.parts else "is empty", hint)


def _settings(part: Part) -> dict[str, str]:
    """What settings.csv says: the names in its first row, the values in its second; or one of each in every row."""
    try:
        rows = list(csv.reader(part.read().decode("utf-8-sig").splitlines(keepends=True)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise refusal(part.place, f"cannot be read as a table ({error})", AGAIN) from error
    if len(rows) == 2 and len(rows[0]) > 2:
        return {name.casefold(): value.strip() for name, value in zip(*rows, strict=False)}
    return {row[0].casefold(): row[1].strip() for row in rows if len(row) == 2}
