"""A few pages as a telephone on a slow network sees them: Lighthouse."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.audit.hubs import PAGES
from tests.audit.report import Result, Row
from tests.audit.tools import MODULES
from tests.browser.chromium import OPTIONS, find

NAMES = ("home", "posts", "post of the site", "training", "label", "search")
WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def audit(_sites: Path, address: str) -> Result:
    """The scores of each page, and what they were taken off for."""
    rows, shortfalls = [], []
    for name in NAMES:
        scores, reasons = judge(address + PAGES[name])
        rows.append(Row(f"Lighthouse, {name}: {' / '.join(WANTED)}", told(scores), told(WANTED)))
        shortfalls += [
            f"lighthouse: {name}: {category} is {scores[category]} instead of {wanted}: {'; '.join(reasons[category])}"
            for category, wanted in WANTED.items()
            if scores[category] < wanted
        ]
    return Result(rows, shortfalls)


def told(scores: dict[str, int]) -> str:
    return " / ".join(map(str, scores.values()))


def judge(address: str) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Times are noisy on a machine that does other things too: only performance has three tries, and the best counts."""
    found = run(address, *WANTED)
    for _ in range(2):
        if score(found, "performance") < WANTED["performance"]:
            again = run(address, "performance")
            if score(again, "performance") > score(found, "performance"):
                found["categories"]["performance"] = again["categories"]["performance"]
                found["audits"] |= again["audits"]
    return {category: score(found, category) for category in WANTED}, {
        category: reasons(found, category) for category in WANTED
    }


def run(address: str, *categories: str) -> dict[str, Any]:
    """One run, with a browser profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        flags = " ".join(["--headless", f"--user-data-dir={profile}", *OPTIONS])
        command = ["node", str(MODULES / "lighthouse/cli/index.js"), address, "--output=json", "--quiet"]
        done = subprocess.run(
            [*command, f"--only-categories={','.join(categories)}", f"--chrome-flags={flags}"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "CHROME_PATH": str(find())},
        )
    if done.returncode:
        raise SystemExit(f"Lighthouse did not run on {address}: {done.stderr.strip()}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def score(found: dict[str, Any], category: str) -> int:
    """Of a hundred; a category that could not be judged has none."""
    return round(100 * (found["categories"][category]["score"] or 0))


def reasons(found: dict[str, Any], category: str) -> list[str]:
    """The audits that took something off, with what they saw."""
    audits = [found["audits"][ref["id"]] for ref in found["categories"][category]["auditRefs"] if ref["weight"]]
    return [
        f"{audit['id']} ({audit.get('displayValue') or example(audit)})"
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


def example(audit: dict[str, Any]) -> str:
    """The first of the things that an audit names."""
    items = audit.get("details", {}).get("items") or [{}]
    node = items[0].get("node", {})
    return str(node.get("snippet") or items[0].get("description") or audit["title"])
