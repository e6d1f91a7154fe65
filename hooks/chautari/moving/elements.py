"""XML of unknown origin, element by element: nothing is fetched, nothing unfolds, and nothing is held.

A first look stops at the outermost element: it says what the file is, and refuses one that brings entities of its own
(XML 1.0, section 4.2), for which no export has a use. Only then may texts be as long as they are: pictures written into
a post have many megabytes.
"""

import re
from collections.abc import Iterator

from lxml import etree

from chautari.moving.unpacking import AGAIN, Part, refusal
from chautari.problems import ContentError

WORDPRESS = "http://wordpress.org/export/"
ATOM = "http://www.w3.org/2005/Atom"

_BLOGGER = re.compile(rb"schemas\.google\.com/blogger/(?:2018|2008/kind#)")
"""What stands at the beginning of each of Blogger's exports, and in none of its feeds."""
_PROLOGUE = 1 << 20
"""In how many bytes the outermost element must have begun."""
_CONFLICT = re.compile(rb"(<{7}|\|{7}|={7}|>{7})(?: |$)")
_BOM = b"\xef\xbb\xbf"
_DEFINITIONS = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE\b", re.DOTALL)
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ENCODING = (etree.ErrorTypes.ERR_INVALID_ENCODING, etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
             etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING, etree.ErrorTypes.I18N_CONV_FAILED)  # fmt: skip
_UNDECLARED = etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE


def outermost(part: Part) -> etree._Element:
    """The element around all others, without what is in it. Raises `ContentError` for what is no XML."""
    # Here the parser's own guards against entities are on: they may be unfolded in the first attribute already.
    parser = etree.XMLPullParser(events=("start",), no_network=True, load_dtd=False)
    head = b""
    for chunk in part.chunks():
        head += chunk
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise _no_xml(part, head, error) from error
        for element in _read(parser):
            return _without_entities(part, element)
        if len(head) > _PROLOGUE:
            break
    if not head.removeprefix(_BOM).strip():
        raise refusal(part.place, "is empty", AGAIN)
    raise refusal(part.place, "ends too early, or is no XML", AGAIN)


def _without_entities(part: Part, element: etree._Element) -> etree._Element:
    if element.getroottree().docinfo.internalDTD is not None and element.tag != "html":
        raise _with_definitions(part)
    return element


def _with_definitions(part: Part) -> ContentError:
    hint = "No export has them: they could make a small file endless. Download the export from its platform again."
    return refusal(part.place, "brings definitions of its own (DOCTYPE)", hint)


def walk(part: Part, *tags: str) -> Iterator[etree._Element]:
    """Every element with one of these tags once it is whole; each is forgotten when the next is asked for.

    The outermost must be among them: it comes last, and shows that nothing is missing. A prefix that nobody declared is
    let pass then, and the element is called `prefix:name`. Raises `ContentError`, with the line, for a broken file.
    """
    # resolve_entities stays on: without it, an undefined entity makes the parser begin anew in the middle, and nobody
    # is told. There is nothing to resolve but what XML itself knows.
    parser = etree.XMLPullParser(
        events=("end",), tag=tags, no_network=True, load_dtd=False, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    last: etree._Element | None = None
    ended = False
    try:
        for chunk in part.chunks():
            parser.feed(chunk)
            for element in _read(parser):
                _forget(last)
                last = element
                yield element
        ended = True
        parser.close()
    except etree.XMLSyntaxError as error:
        if not (ended and _code(error) == _UNDECLARED and last is not None and last.getparent() is None):
            raise _broken(part, error, ended) from error


def _read(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    """What the parser has ready; its other kinds of event are not asked for."""
    return (element for _, element in parser.read_events() if isinstance(element, etree._Element))


def _code(error: etree.XMLSyntaxError) -> int:
    code: int = error.code  # type: ignore[attr-defined]  # lxml-stubs do not know it
    return code


def _forget(element: etree._Element | None) -> None:
    # The one before the last: the parser still hangs on the last one what comes behind it.
    if element is not None and (parent := element.getparent()) is not None:
        parent.remove(element)


def _no_xml(part: Part, head: bytes, error: etree.XMLSyntaxError) -> ContentError:
    text = head.removeprefix(_BOM)
    if _PAGE.match(text):
        return _page(part, "an HTML page")
    if _DEFINITIONS.match(text):
        return _with_definitions(part)
    if head.startswith(b"\x1f\x8b"):  # RFC 1952, section 2.3.1
        return refusal(part.place, "is packed as .tgz or .gz", "Unpack it yourself and give the folder.")
    if not text.lstrip().startswith(b"<") and b"\0" not in head[:4]:
        return mistaken(part, "no XML at all")
    return _broken(part, error, ended=False)


def _broken(part: Part, error: etree.XMLSyntaxError, ended: bool) -> ContentError:
    """What to tell of an error of the parser."""
    line = error.lineno or 0
    if ended:
        return refusal(part.place, "ends too early", AGAIN, line)
    if _code(error) in _ENCODING:
        hint = "A program has saved it in another encoding: take the file as it was downloaded."
        return refusal(part.place, "is not written in the encoding that it names", hint, line)
    if mark := _conflict(part, line):
        hint = "Two versions were merged by a program and not by a person: take the file as it was downloaded."
        return refusal(part.place, f"holds the marks of a conflict ({mark})", hint, line)
    hint = "Mend that line in a text editor, or download the export again."
    return refusal(part.place, f"is not sound XML: {error.msg}", hint, line)


def _conflict(part: Part, line: int) -> str:
    """The mark that version control leaves where two versions differ, in the line of an error or the one before."""
    for number, text in enumerate(_lines(part), 1):
        if number > line:
            break
        if number >= line - 1 and (found := _CONFLICT.match(text)):
            return found[1].decode()
    return ""


def _lines(part: Part) -> Iterator[bytes]:
    rest = b""
    for chunk in part.chunks():
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    yield rest


def is_of_blogger(part: Part, root: etree._Element) -> bool:
    """Whether an Atom feed is not one for readers, but an export."""
    return etree.QName(root).localname == "feed" and bool(_BLOGGER.search(next(part.chunks(), b"")))


def mistaken(part: Part, what: str, command: str = "") -> ContentError:
    """An export of another kind than the one asked for."""
    hint = f"Try: chautari import {command} {part.place}" if command else "Give the file that the platform exports."
    return refusal(part.place, f"is {what}", hint)


def _page(part: Part, what: str) -> ContentError:
    hint = (
        "Give the file that the platform exports, or save the feed: /feeds/posts/default (Blogger), /feed/ (WordPress)."
    )
    return refusal(part.place, f"is {what}", hint)


def unwanted(part: Part, root: etree._Element, wanted: str) -> ContentError:
    """What a file is by its outermost element, where it is not what was wanted."""
    name = etree.QName(root).localname
    if any(uri.startswith(WORDPRESS) for uri in root.nsmap.values()):
        return mistaken(part, f"an export of WordPress, not {wanted}", "wordpress")
    if name == "rss" or root.tag == f"{{{ATOM}}}feed":
        return mistaken(part, f"a feed, not {wanted}", "feed")
    if name == "html":
        return _page(part, f"an HTML page or the theme of a blog, not {wanted}")
    return mistaken(part, f"XML of another kind (<{name}>), not {wanted}")
