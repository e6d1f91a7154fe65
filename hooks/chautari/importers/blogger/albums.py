"""The pictures of a Takeout: `Blogger/Albums/<album>/`, each with a `.json` beside it that may name its address.

One picture has many addresses: on each of several hosts, and in every size in which it was ever shown. A name alone is
believed only where no other picture has it, because a wrong picture is worse than none.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote_plus

from chautari.moving import facts
from chautari.moving.items import Copy
from chautari.moving.unpacking import Bundle, Part
from chautari.problems import ContentError

_PICTURES = (".avif", ".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp")
_SIZE = r"[swh]\d+(?:-[a-z0-9]+)*"
_SEGMENT = re.compile(rf"/{_SIZE}(?=/[^/]*$)")
_SUFFIX = re.compile(rf"={_SIZE}$")
_AGAIN = re.compile(r"\(\d+\)(?=\.[^.]*$|$)")
"""What Takeout puts behind the name of a second picture of the same name."""
_NO_LETTER = re.compile(r"[\W_]+")
"""What Takeout replaces in names, and what addresses write in several ways."""
_LARGEST = 100 * 1024**2


def without_size(address: str) -> str:
    """What is the same in the addresses of all sizes of a picture, on all hosts of the platform."""
    return _SEGMENT.sub("", _SUFFIX.sub("", facts.path(address)))


class Albums:
    """The pictures beside the folder of a blog, found by an address. The album with the blog's name is its own."""

    def __init__(self, bundle: Bundle, blog: PurePosixPath) -> None:
        self._bundle, self._own = bundle, _letters(blog.name)
        self._place = blog.parent.parent

    def copy(self, address: str) -> Copy | None:
        """The picture that stood at an address, in its largest copy."""
        found = self._by_address.get(without_size(address)) or self._by_name_alone(address)
        if not found:
            return None
        name = max(found, key=lambda each: (self._bundle.parts[each].size, each))
        part = self._bundle.parts[name]
        return Copy(PurePosixPath(name).name, part.read()) if part.size <= _LARGEST else None

    def _by_name_alone(self, address: str) -> list[str]:
        found = self._by_name.get(_letters(_named(address)), [])
        own = [name for name in found if _letters(PurePosixPath(name).parent.name) == self._own]
        return own if len(own) == 1 else found if len(found) == 1 else []

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _grouped((_letters(_AGAIN.sub("", PurePosixPath(name).name)), name) for name in self._pictures)

    @cached_property
    def _by_address(self) -> dict[str, list[str]]:
        told = ((name, _told(self._bundle.parts, name).get("url")) for name in self._pictures)
        return _grouped((without_size(url), name) for name, url in told if isinstance(url, str))

    @cached_property
    def _pictures(self) -> list[str]:
        pictures = (name for name in self._bundle.parts if name.lower().endswith(_PICTURES))
        return [name for name in pictures if PurePosixPath(name).is_relative_to(self._place)]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in pairs:
        if key:
            groups[key].append(name)
    return dict(groups)


def _told(parts: Mapping[str, Part], name: str) -> dict[str, Any]:
    """What the file beside a picture says of it: `photo.jpg.json`, or `photo.json`."""
    beside = (f"{name}.json", f"{name.rpartition('.')[0]}.json")
    part = next((parts[each] for each in beside if each in parts), None)
    try:
        told = json.loads(part.read()) if part else {}
    except (ValueError, RecursionError, ContentError):
        return {}
    return told if isinstance(told, dict) else {}


def _named(address: str) -> str:
    """The name of a picture by its address: it may have been encoded more than once."""
    name = without_size(address).rpartition("/")[2]
    while (decoded := unquote_plus(name)) != name:
        name = decoded
    return name


def _letters(name: str) -> str:
    return _NO_LETTER.sub("", name).casefold()
