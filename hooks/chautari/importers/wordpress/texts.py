"""Texts of WordPress as HTML: its shortcodes said in HTML, its block comments gone, its empty lines as paragraphs.

Shortcodes are brackets with a name, which programs replaced when a page was shown (WordPress, "Shortcode API"). What no
program is left to replace would stand in the text as code; brackets that people wrote stay.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from lxml import html as lxml_html
from lxml.html import HtmlElement
from lxml.html.builder import CODE, IMG, PRE, A, P

from chautari.importers.wordpress.paragraphs import VERBATIM, paragraphs

_BLOCK_REFERENCE = re.compile(r'<!--\s*wp:block\s*\{"ref":(\d+)[^>]*?/?-->')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VERBATIM = re.compile(f"({VERBATIM})", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(r"\[(code|sourcecode)\b[^\]]*\](.*?)\[/\1\]", re.DOTALL)
_CAPTION = re.compile(r"\[(?:wp_)?caption\b(?P<said>[^\]]*)\](?P<inner>.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL)
_EMBED = re.compile(r"\[embed\b[^\]]*\]\s*(\S+?)\s*\[/embed\]")
_ALONE = re.compile(r"^[^\S\n]*(https?://[^\s<>\"\]\[]+)[^\S\n]*$", re.MULTILINE)
"""An address on a line of its own: WordPress showed there what it leads to (oEmbed)."""
_SHORTCODE = re.compile(r"\[(?P<again>\[?)(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<said>(?:[\s=/][^\[\]]*)?)\]\]?")
_ENDING = re.compile(r"\[/([A-Za-z][\w-]*)\]")
_SAID = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"']+))""")
_QUOTED = re.compile(r"[\w-]=\s*[\"'“”″]")
_WEB = re.compile(r"https?://[^\s\"'<>”″\]]+")
_MEDIA = {
    "audio": "", "dailymotion": "", "googlemaps": "", "soundcloud": "", "ted": "", "video": "",
    "vimeo": "https://vimeo.com/{}", "wpvideo": "https://videopress.com/v/{}",
    "youtube": "https://www.youtube.com/watch?v={}",
}  # fmt: skip
"""What stood for a recording or a map: the link says it all. Some give a number instead of an address."""
_SHOWN = ("title", "heading", "text", "caption", "label")
"""What attributes say to readers."""
_FORMS = ("contact-f", "contact_f", "gravityform", "ninja_form", "wpforms")
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.[a-z]{3,4}$)", re.IGNORECASE)
_IMG = re.compile(r"<img\b[^>]*\bwp-image-(\d+)\b[^>]*>")
_SOURCE = re.compile(r"""(\ssrc=)(["'])(.*?)\2""")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture of the blog, and what it is called."""

    address: str
    title: str = ""
    parent: str = ""


@dataclass
class Known:
    """What texts refer to by number: pictures, and texts that stand in many others."""

    attachments: dict[str, Attachment] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)

    def of(self, parent: str) -> list[str]:
        """The pictures that were put into a post."""
        return [number for number, each in self.attachments.items() if each.parent == parent]


@dataclass
class Text:
    """A text as HTML; `unknown` are the shortcodes that have no meaning here, `missing` pictures not in the export."""

    html: str = ""
    unknown: dict[str, None] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)


def as_html(written: str, known: Known, number: str = "") -> Text:
    """The text of the post with a number."""
    text = Text()
    written = _BLOCK_REFERENCE.sub(lambda found: known.blocks.get(found[1], ""), written)
    is_of_blocks = "<!-- wp:" in written
    if "[" in written:
        written = _CODE.sub(_as_code, written)
    pieces = _VERBATIM.split(_without_comments(written))
    endings = frozenset(_ENDING.findall(written))
    for index in range(0, len(pieces), 2):
        pieces[index] = _said_in_html(pieces[index], text, known, number, endings)
    written = "".join(pieces)
    text.html = (written if is_of_blocks else paragraphs(written)).strip()
    return text


def _without_comments(written: str) -> str:
    return _COMMENT.sub("", written) if "<!--" in written else written


def _said_in_html(piece: str, text: Text, known: Known, number: str, endings: frozenset[str]) -> str:
    if "[" in piece:
        piece = _CAPTION.sub(_figure, piece)
        piece = _EMBED.sub(lambda found: _as_html(_link(unescape(found[1]))), piece)
        piece = _SHORTCODE.sub(lambda found: _replaced(found, text, known, number, endings), piece)
    piece = _ALONE.sub(lambda found: _as_html(_link(unescape(found[1]))), piece)
    return _IMG.sub(lambda found: _in_full(found, known.attachments), piece)


def _replaced(found: re.Match[str], text: Text, known: Known, number: str, endings: frozenset[str]) -> str:
    name, said = found["name"], found["said"].strip().removesuffix("/")
    if found["again"]:  # how one writes about shortcodes
        return found[0][1:-1] if found[0].endswith("]]") else found[0]
    if name == "gallery":
        return _gallery(_attributes(said), text, known, number)
    if name not in endings and not (said if name in _MEDIA else _QUOTED.search(said)):
        return found[0]
    if name not in _MEDIA:
        text.unknown[name] = None
    return "\n\n" if found["end"] or name.startswith(_FORMS) else _told(name, said)


def _told(name: str, said: str) -> str:
    """What the opening of a shortcode said to readers: where something leads, and the words for it."""
    given = _attributes(said)
    words = " ".join(given[each] for each in _SHOWN if given.get(each) and not _WEB.match(given[each]))
    address = _WEB.search(unescape(said))
    target = address[0] if address else _MEDIA.get(name, "").format(said.strip("= ").partition(" ")[0])
    if target:
        return _as_html(_link(target, words))
    return _as_html(P(words)) if words else "\n\n"


def _attributes(said: str) -> dict[str, str]:
    found = _SAID.findall(said.replace("″", '"').replace("&quot;", '"'))
    return {name.lower(): unescape("".join(values)) for name, *values in found}


def _figure(found: re.Match[str]) -> str:
    """A picture with the words below it; older texts have them in an attribute."""
    picture = _PICTURE.match(found["inner"])
    if not picture:
        return found["inner"]
    words = picture[2].strip() or escape(_attributes(found["said"]).get("caption", ""), quote=False)
    return "".join(("\n<figure>", picture[1], "<figcaption>", words, "</figcaption></figure>\n"))


def _gallery(given: Mapping[str, str], text: Text, known: Known, number: str) -> str:
    """The pictures of a gallery one after the other: those that it names, else all that were put into the post."""
    numbers = re.findall(r"\d+", given.get("ids") or given.get("include") or "") or known.of(given.get("id", number))
    found = [known.attachments[each] for each in numbers if each in known.attachments]
    text.missing |= dict.fromkeys(each for each in numbers if each not in known.attachments)
    return "".join(_as_html(P(IMG(src=each.address, alt=each.title))) for each in found)


def _in_full(found: re.Match[str], attachments: Mapping[str, Attachment]) -> str:
    """A picture that stands in a text small, in full size: the number in its class tells which it is."""
    attachment = attachments.get(found[1])
    source = _SOURCE.search(found[0])
    if not attachment or not source or _SIZE.sub("", source[3]).rpartition("/")[2] != _named(attachment.address):
        return found[0]
    whole = escape(attachment.address)
    return found[0][: source.start(3)] + whole + found[0][source.end(3) :]


def _named(address: str) -> str:
    return address.rpartition("/")[2].replace("-scaled.", ".")


def _as_code(found: re.Match[str]) -> str:
    return _as_html(PRE(CODE(unescape(found[2]).strip("\n"))))


def _link(address: str, words: str = "") -> HtmlElement:
    return P(A(words or address, href=address))


def _as_html(element: HtmlElement) -> str:
    markup: str = lxml_html.tostring(element, encoding="unicode")
    return f"\n{markup}\n"
