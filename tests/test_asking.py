"""Outer links are asked once, politely, and what was heard is kept."""

import http.server
import json
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chautari.asking import NO_HOST, ask, due, keep
from chautari.outer_links import Check, as_record
from tests.hub import make_hub, make_library, post
from tests.test_cli import chautari

TODAY = date(2026, 1, 15)


class Host(http.server.BaseHTTPRequestHandler):
    """A host with a few manners: /ok answers, /get-only refuses a bare question, /moved leads on, /gone is gone."""

    asked: list[str] = []  # noqa: RUF012 - the server makes a handler for each request

    def do_HEAD(self) -> None:
        self.answer({"/ok": 200, "/get-only": 405, "/moved": 301, "/secret": 403, "/ill": 500})

    def do_GET(self) -> None:
        self.answer({"/ok": 200, "/get-only": 200, "/secret": 403})

    def answer(self, known: dict[str, int]) -> None:
        self.asked.append(f"{self.command} {self.path}")
        status = known.get(self.path, 404)
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    Host.asked.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "answer", "broken"),
    [("ok", 200, False), ("get-only", 200, False), ("moved", 200, False), ("secret", 403, False), ("ill", 500, True), ("gone", 404, True)],
)  # fmt: skip
def test_what_an_address_answers(host: str, path: str, answer: int, broken: bool) -> None:
    heard = ask(f"{host}/{path}")
    assert heard == answer
    assert Check(TODAY, heard).is_broken == broken


def test_nobody_there(host: str) -> None:
    assert ask("http://nobody.invalid/") == NO_HOST
    assert str(ask("http://127.0.0.1:1/")).startswith("no answer")
    assert str(ask("http://[broken/")).startswith("no answer")


def test_what_is_due(tmp_path: Path) -> None:
    checks = {
        "https://a.example/new": Check(date(2026, 1, 1), 200),
        "https://a.example/old": Check(date(2024, 1, 1), 200),
        "https://a.example/gone": Check(date(2026, 1, 1), 404),
        "https://a.example/unnamed": Check(date(2026, 1, 1), 200),
    }
    body = " ".join(f"<https://a.example/{name}>" for name in ("new", "old", "gone", "never"))
    files = {"content/posts/2019/a.md": post(body=body), "content/links.json": as_record(checks)}
    library = make_library(tmp_path, files)
    assert [address.rpartition("/")[2] for address in due(library, TODAY)] == ["gone", "never", "old"]
    assert len(due(library, TODAY, again=True)) == 4
    kept = keep(tmp_path, library, {"https://a.example/never": Check(TODAY, 200)})
    assert "https://a.example/unnamed" not in kept
    assert list(json.loads((tmp_path / "content/links.json").read_text())) == sorted(kept)


def test_the_command(tmp_path: Path, host: str) -> None:
    body = f"[Fine]({host}/ok), [gone]({host}/gone), [not a link to ask](mailto:office@example.org)."
    root = make_hub(tmp_path, {"content/posts/2019/a.md": post(body=body)})
    done = chautari("links", root)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[-2] == f"{host}/gone: 404"
    assert said[-1] == "2 asked; 1 of 2 do not answer. Kept in content/links.json."
    assert sorted(Host.asked) == ["GET /gone", "HEAD /gone", "HEAD /ok"]
    before = len(Host.asked)
    chautari("links", root)
    assert Host.asked[before:] == ["HEAD /gone", "GET /gone"]  # what answered is left in peace


def test_without_a_network_nothing_is_written(tmp_path: Path) -> None:
    root = make_hub(tmp_path, {"content/posts/2019/a.md": post(body="<http://nobody.invalid/>")})
    done = chautari("links", root)
    assert done.returncode == 2
    assert "is this computer online" in done.stderr
    assert not (root / "content/links.json").exists()


def test_a_record_that_cannot_be_written_is_said(tmp_path: Path, host: str) -> None:
    root = make_hub(tmp_path, {"content/posts/2019/a.md": post(body=f"<{host}/ok>")})
    (root / "content/.links.unfinished").mkdir()
    done = chautari("links", root)
    assert done.returncode == 2
    assert "content/links.json cannot be written: Is a directory." in done.stderr
