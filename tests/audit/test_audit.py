"""The audit's own conditions, which can be judged without its tools."""

import json
import re
from pathlib import Path

import pytest

from chautari.listing import PER_PAGE
from tests.audit.__main__ import main
from tests.audit.hubs import MANY, PAGES
from tests.audit.report import grouped
from tests.audit.tools import HERE, missing
from tests.audit.weights import KIB, LIMIT, Weight, exceeds


def test_the_lock_names_hashes_and_no_host() -> None:
    text = (HERE / "package-lock.json").read_text("utf-8")
    assert "://" not in text, "run npm run lock"
    packages = json.loads(text)["packages"]
    assert [name for name, one in packages.items() if name and not one["integrity"].startswith("sha512-")] == []
    wanted = json.loads((HERE / "package.json").read_text("utf-8"))["devDependencies"]
    assert packages[""]["devDependencies"] == wanted
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_what_a_machine_lacks_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert missing() == (
        "make audit needs node, npm, java, Chromium: install what is missing "
        "(on Debian: sudo apt-get install nodejs npm default-jre-headless chromium)."
    )


def test_an_unknown_part_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vnu", "axes"]) == 1
    assert capsys.readouterr().err.startswith("axes is no part of the audit: vnu, axe,")


def test_the_pages_of_the_test_hub_are_there(built: Path) -> None:
    addresses = [address.removeprefix("sub/") for address in PAGES.values() if address.startswith("sub/")]
    assert len(addresses) > 8
    assert [address for address in addresses if not (built / "site" / address.partition("?")[0]).exists()] == []


def test_there_is_a_page_of_all_resources() -> None:
    assert len(MANY) > PER_PAGE


def test_each_figure_has_its_limit() -> None:
    assert not exceeds(LIMIT)
    assert exceeds(Weight(50 * KIB + 1, 1, []))
    assert exceeds(Weight(1, 32 * KIB + 1, []))
    assert exceeds(Weight(1, 1, [""] * 7))


def test_a_fault_of_many_pages_is_told_once() -> None:
    assert grouped({"no alt": ["a", "b", "c", "d", "e"], "two h1": ["a"]}) == [
        "no alt – on a; b; c and 2 more",
        "two h1 – on a",
    ]
