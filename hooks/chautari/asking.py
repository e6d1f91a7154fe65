"""Asks every outer link whether it still answers. The only room that speaks to the network, and only when told to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from http.client import HTTPException
from pathlib import Path
from socket import gaierror
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from chautari.library import Library
from chautari.outer_links import RECORD, Check, Checks, as_record, outer_links

NO_HOST = "no such host"
PATIENCE = 20.0
"""Seconds to wait for an answer; many hosts in the region are far away and slow."""
AT_ONCE = 16
"""Hosts that are asked at the same time; one host is asked for one address after the other."""
_HEADERS = {"User-Agent": "chautari-links/1 (looks whether links still work)", "Accept": "*/*"}
_NOT_THIS_WAY = frozenset({400, 403, 404, 405, 501})
"""What hosts say that know GET alone."""


def due(library: Library, today: dt.date, again: bool = False) -> list[str]:
    """The addresses to ask: those that nobody has asked within the year or that did not answer then; `again`, all."""
    checks = library.checks
    return [
        address
        for address in _named(library)
        if again or address not in checks or checks[address].is_broken or checks[address].is_due(today)
    ]


def keep(root: Path, library: Library, heard: Checks) -> Checks:
    """Puts what was heard beside what was known, without the addresses that nobody names any more; all of it."""
    known = {**library.checks, **heard}
    checks = {address: known[address] for address in _named(library) if address in known}
    unfinished = (root / RECORD).with_name(".links.unfinished")
    unfinished.write_text(as_record(checks), "utf-8")
    unfinished.replace(root / RECORD)
    return checks


def _named(library: Library) -> list[str]:
    return sorted({address for entry in library.listed for address in outer_links(entry)})


def ask_all(addresses: Iterable[str], today: dt.date) -> Iterator[tuple[str, Check]]:
    """What each address answers, as the answers come."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)

    def ask_host(group: Sequence[str]) -> Mapping[str, Check]:
        return {address: Check(today, ask(address)) for address in group}

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for done in as_completed([threads.submit(ask_host, group) for group in hosts.values()]):
            yield from done.result().items()


def ask(address: str) -> int | str:
    """The status that an address answers with (its head alone, if it gives that), or why there is no answer."""
    answer = _ask(address, "HEAD")
    return _ask(address, "GET") if answer in _NOT_THIS_WAY else answer


def _ask(address: str, method: str) -> int | str:
    try:
        # Only http and https come here: outer_links finds no others.
        with urlopen(Request(address, headers=_HEADERS, method=method), timeout=PATIENCE) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code
    except URLError as error:
        return NO_HOST if isinstance(error.reason, gaierror) else f"no answer: {error.reason}"
    except (OSError, HTTPException, ValueError) as error:  # a connection that breaks off, an address that is none
        return f"no answer: {error}"
