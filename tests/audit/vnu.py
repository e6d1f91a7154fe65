"""Every page of both hubs by the rules of HTML: the Nu HTML checker."""

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from tests.audit.report import Result, Row, grouped
from tests.audit.tools import MODULES


def audit(sites: Path, _address: str) -> Result:
    """Errors are shortfalls; warnings are counted only."""
    # Its parser recurses: a larger stack than Java's own.
    command = ["java", "-Xss1024k", "-jar", str(MODULES / "vnu-jar/build/dist/vnu.jar"), "--format", "json"]
    done = subprocess.run(
        [*command, "--also-check-svg", "--skip-non-html", str(sites)], capture_output=True, text=True, check=False
    )
    messages = json.loads(done.stderr)["messages"]
    errors = [message for message in messages if message["type"] in ("error", "non-document-error")]
    warnings = [message for message in messages if message.get("subType") == "warning"]
    places: dict[str, list[str]] = defaultdict(list)
    for error in errors:
        page = Path(urlsplit(error.get("url", "")).path)
        where = page.relative_to(sites) if page.is_relative_to(sites) else page
        places[f"vnu: {error['message']}"].append(f"{where}:{error.get('lastLine', '')}")
    pages = len(list(sites.rglob("*.html")))
    found = f"{len(errors)} errors, {len(warnings)} warnings"
    return Result([Row(f"Nu HTML checker, {pages} pages", found, "0 errors")], grouped(places))
