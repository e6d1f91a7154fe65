"""The bar on the terminal for who waits."""

import io
import logging
import os
import pty
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import pytest
from rich.console import Console

from chautari.waiting import PATIENCE, Told, terminal, waiting


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def screen() -> Console:
    """A terminal that keeps what is shown."""
    return Console(file=io.StringIO(), force_terminal=True, width=80)


def shown(screen: Console) -> str:
    file = screen.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_who_does_not_wait_sees_nothing(clock: Clock, screen: Console) -> None:
    with waiting("Making pictures", lambda: screen, clock) as told:
        for number in range(10):
            told(number, 10)
            clock.now += PATIENCE / 20
    assert shown(screen) == ""


def test_who_waits_sees_a_bar_that_moves_and_goes(clock: Clock, screen: Console) -> None:
    with waiting("Making pictures", lambda: screen, clock) as told:
        clock.now += PATIENCE
        told(1, 4)
        assert "Making pictures" in shown(screen)
        assert " 25%" in shown(screen)
        clock.now += 1
        told(3, 4)
        assert " 75%" in shown(screen)
    assert shown(screen).endswith("\x1b[1A\x1b[2K"), "the line is empty again (ECMA-48, EL)"
    assert shown(screen).count("\x1b[?25l") == shown(screen).count("\x1b[?25h") == 1, "and the cursor is there"


def test_a_bar_goes_also_when_the_work_fails(clock: Clock, screen: Console) -> None:
    def fail(told: Told) -> None:
        clock.now += PATIENCE
        told(1, 4)
        raise KeyError

    with pytest.raises(KeyError), waiting("Making pictures", lambda: screen, clock) as told:
        fail(told)
    assert "\x1b[?25h" in shown(screen)


def test_a_bar_is_not_drawn_for_each_of_a_thousand_things(clock: Clock, screen: Console) -> None:
    with waiting("Making pictures", lambda: screen, clock) as told:
        clock.now += PATIENCE
        for number in range(1_000):
            told(number, 1_000)
    assert shown(screen).count("Making pictures") <= 3


@contextmanager
def on_a_terminal() -> Iterator[TextIO]:
    """A stream that is a terminal (POSIX, pty)."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:
        yield stream
    os.close(ours)


def test_a_bar_is_for_people_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with on_a_terminal() as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        assert terminal()
        monkeypatch.setenv("CI", "true")
        assert terminal() is None


def test_a_quiet_build_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    mkdocs = logging.getLogger("mkdocs")
    before = mkdocs.level
    with on_a_terminal() as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        try:
            mkdocs.setLevel(logging.ERROR)  # as the command does under --quiet
            assert terminal() is None
            mkdocs.setLevel(logging.INFO)
            assert terminal()
        finally:
            mkdocs.setLevel(before)


def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert terminal() is None
