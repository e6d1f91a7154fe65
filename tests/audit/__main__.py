"""Measures the finished site with tools that are not ours, and fails on a shortfall: make audit.

All parts are run, or those that are named: make audit ARGS="vnu axe".
"""

import sys
import tempfile
from pathlib import Path

from playwright import sync_api as playwright

from tests.audit import axe, keyboard, lighthouse, vnu, weights
from tests.audit.hubs import build_hubs
from tests.audit.report import Result, Row, table
from tests.audit.tools import install, missing
from tests.serving import serve

PARTS = {
    "vnu": vnu.audit,
    "axe": axe.audit,
    "keyboard": keyboard.audit,
    "weights": weights.audit,
    "lighthouse": lighthouse.audit,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    wrong = f"{unknown[0]} is no part of the audit: {', '.join(PARTS)}." if unknown else missing() or install()
    if wrong:
        print(wrong, file=sys.stderr)
        return 1
    results = run(names or list(PARTS))
    shortfalls = [shortfall for result in results for shortfall in result.shortfalls]
    print(table([row for result in results for row in result.rows]))
    for shortfall in shortfalls:
        print(shortfall, file=sys.stderr)
    return 1 if shortfalls else 0


def run(names: list[str]) -> list[Result]:
    """Builds, serves and measures."""
    with tempfile.TemporaryDirectory() as folder:
        print("Building the site and the test hub ...", file=sys.stderr, flush=True)
        build_hubs(Path(folder))
        results = []
        with serve(Path(folder, "sites")) as address:
            for name in names:
                print(f"{name} ...", file=sys.stderr, flush=True)
                results.append(outcome(name, Path(folder, "sites"), address))
    return results


def outcome(name: str, sites: Path, address: str) -> Result:
    """What a part answers; where a page does not come up as it should, that is the answer."""
    try:
        return PARTS[name](sites, address)
    except playwright.Error as error:
        return Result([Row(name, "not finished", "–")], [f"{name}: {error.message}"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
