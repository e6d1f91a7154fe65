"""Drawings (SVG 2): only what draws is published. Scripts, handlers, metadata and addresses elsewhere are left out.

A page shows drawings by <img>, where no script runs; but whoever opens the drawing's own address would run it.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

# lxml is imported where a drawing is really read: `chautari check` reads none that it knows already.
if TYPE_CHECKING:
    from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_DRAWS = set(
    """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter g line linearGradient marker mask path pattern polygon polyline radialGradient rect stop
    style svg switch symbol text textPath title tspan use view
    """.split()  # noqa: SIM905 - a list would be three times as long
)
_EMBEDS = {"image", "feImage"}
_ELSEWHERE = re.compile(r"\\|//|@import|data:|javascript:", re.IGNORECASE)  # a backslash may hide any of the others
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_WIDTH = 960
"""How wide a drawing is that has a shape and no size."""


class DrawingError(Exception):
    """A file is no drawing that could be shown; the text says why, to be read behind the file's name."""


def size_of_drawing(path: Path) -> tuple[int, int]:
    """Width and height in CSS pixels, 0 where the drawing does not say. Raises `DrawingError`."""
    root = _read(path.read_bytes())
    if any(str(element.tag).rpartition("}")[2] in _EMBEDS for element in root.iter("*")):
        raise DrawingError("holds another picture in itself")
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    box = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))]
    if lengths[0] and lengths[1]:
        return round(float(lengths[0][1])), round(float(lengths[1][1]))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return _WIDTH, max(1, round(_WIDTH * box[3] / box[2]))
    return 0, 0


def harmless(content: bytes) -> bytes:
    """The drawing as it is published. Raises `DrawingError`."""
    from lxml import etree

    root = _read(content)
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is not None and not _draws(element):
            parent.remove(element)
        elif isinstance(element.tag, str):
            for name, value in element.attrib.items():
                if not _is_kept(str(name), str(value)):
                    del element.attrib[name]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")  # the element alone, without a document type and its entities


def _read(content: bytes) -> "etree._Element":
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DrawingError("is not a drawing that can be read") from error
    if root.tag != f"{_SVG}svg":
        raise DrawingError("is not an SVG drawing")
    return root


def _draws(element: "etree._Element") -> bool:
    name = str(element.tag)  # that of an entity is a function
    if not name.startswith(_SVG) or name.removeprefix(_SVG) not in _DRAWS:
        return False
    return name != f"{_SVG}style" or not _ELSEWHERE.search("".join(map(str, element.itertext())))


def _is_kept(name: str, value: str) -> bool:
    if name in _HREF:
        return value.strip().startswith("#")
    if name.lower().startswith("on") or (name.startswith("{") and not name.startswith(_XML)) or name == f"{_XML}base":
        return False
    return not _ELSEWHERE.search(value)
