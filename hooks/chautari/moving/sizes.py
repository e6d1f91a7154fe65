"""Google's hosts of pictures tell the size in the address: the same picture is there in the size that it came in."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(
    r"(\w+\.bp\.blogspot\.com|blogger\.googleusercontent\.com|(lh|gp|yt)\d\.(ggpht|googleusercontent)\.com)"
)
_OPTIONS = r"(?:[swh]\d+|[wh]\d+-[hw]\d+)(?:-[a-z0-9]+)*"
_SEGMENT = re.compile(rf"/(?:{_OPTIONS})(?=/[^/]*$)")
_SUFFIX = re.compile(rf"=(?:{_OPTIONS})$")
_OLDEST = re.compile(r"(//photos\d\.blogger\.com/.*)/\d+(?=/[^/]+$)")


def is_sized(address: str) -> bool:
    """Whether this host serves pictures in the size that their address asks for."""
    return bool(_HOST.fullmatch((urlsplit(address).hostname or "").lower()))


def full_size(address: str) -> str:
    """The address of the same picture as it was uploaded (`s0`); any other address as it is.

    Blogger writes the size as a segment of the path (`/s320/`, `/w400-h300/`, `/s1600-h/`, which was a page around the
    picture), later ones as a suffix (`=w457-h483`, `=s320-c`).
    """
    if not is_sized(address):
        return _OLDEST.sub(r"\1/1600", address)
    bare = address.partition("?")[0]
    if _SUFFIX.search(bare):
        return _SUFFIX.sub("=s0", bare)
    return _SEGMENT.sub("/s0", bare)
