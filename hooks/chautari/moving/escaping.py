"""Text as Markdown that says nothing but the text: a backslash only where a sign would be taken for markup.

Backslashes help before the signs that Python-Markdown lists (ESCAPED_CHARS), character references before the others.
"""

import re

_ADDRESS = re.compile(r"(?<![\w@])(?:https?://|www\.)[^\s<>\"'`\\|*\[\]{}]*[\w/=&%#-]")
_SIGNS = re.compile(
    r"""
      \\(?=[\\`*_{}\[\]()>#+\-.!|:~^]|$)  # a backslash that would swallow itself
    | `
    | (?<!\S[ ])\* | \*(?![ ]\S)          # alone between words it is a multiplication or a star
    | (?<![^\W_])_ | _(?![^\W_])        # within a word it is nothing
    | \[(?=\^|TOC\]|[^\]]*(?:\]:|$))
    | (?<=\])[(]
    | \{
    | <(?=[A-Za-z/!?])
    | &(?=\#\d+;|\#[xX][0-9a-fA-F]+;|\w+;)
    """,
    re.VERBOSE,
)
_ENDS = re.compile(r"[.,;:!?)]*\s")
_FORCED = re.compile(r"[\[\]]")
_REFERENCES = {"<": "&lt;", "&": "&amp;"}
_AT_START = re.compile(
    r"""
      (?P<digits>\d+)(?P<dot>\.)(?=\s|$)
    | (?P<escaped>[-+*](?=\s|$) | \#{1} | > | \|(?=[-|:\ ]*$) | -(?=[-|:\ ]*$) | !(?=!!) | _(?=[_ ]*$))
    | (?P<referred>:(?=\s|$|[-|:\ ]*$) | \?(?=\?\?) | ~(?=~~) | =(?=[=\ ]*$))
    """,
    re.VERBOSE,
)


def escaped(text: str, linked: bool = False) -> str:
    """A text within a line; in the words of a link brackets are escaped, too, and addresses need no help."""
    if linked:
        return _FORCED.sub(r"\\\g<0>", _SIGNS.sub(_sign_or_bracket, text))
    if "://" not in text and "www." not in text:
        return _SIGNS.sub(_sign, text)
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [_SIGNS.sub(_sign, text[end : found.start()]), _address(found)]
        end = found.end()
    return "".join([*parts, _SIGNS.sub(_sign, text[end:])])


def _sign(found: re.Match[str]) -> str:
    return _REFERENCES.get(found[0]) or f"\\{found[0]}"


def _sign_or_bracket(found: re.Match[str]) -> str:
    return found[0] if found[0] == "[" else _sign(found)


def _address(found: re.Match[str]) -> str:
    """A bare address in brackets that tell where it ends, so that no sign in it needs a backslash."""
    address = found[0]
    if not address.startswith("www."):
        return f"<{address}>"
    if "_" not in address and _ENDS.match(found.string, found.end()):
        return address  # magiclink makes a link of it
    return f"[{escaped(address, linked=True)}]({quoted(f'http://{address}')})"


def guarded(line: str) -> str:
    """A line whose beginning makes nothing else of it than a paragraph."""
    found = _AT_START.match(line)
    if not found:
        return line
    if found["dot"]:
        return f"{found['digits']}\\{line[found.end('digits') :]}"
    if found["escaped"]:
        return f"\\{line}"
    return f"&#{ord(line[0])};{line[1:]}"


def quoted(address: str) -> str:
    """An address as it can stand between the brackets of a link."""
    for sign in " <>()\"'\\|":
        if sign in address:
            address = address.replace(sign, f"%{ord(sign):02X}")
    return address
