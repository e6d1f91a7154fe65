"""What one sends on of an entry by messenger or e-mail: a plain text that fits one message, ended by the address."""

from chautari.bodies import Bodies
from chautari.entry import Entry
from chautari.markdown import cut

LENGTH = 700
"""In characters: what WhatsApp shows of a message before it folds the rest away, and Telegram takes below a picture."""


def share_text(entry: Entry, bodies: Bodies) -> str:
    """Title, beginning and address of an entry, with an empty line between them; at most `LENGTH` characters."""
    address = bodies.site.absolute(entry.url)
    room = LENGTH - len(address) - len("\n\n\n\n")
    title = cut(entry.title, room // 2)
    about = cut(bodies.teaser(entry), room - len(title) - 1)
    return "\n\n".join(filter(None, (title, about, address)))
