"""Where the Chromium is that the browser tests drive, and how it is started.

As a command (`python tests/browser/chromium.py`) it makes sure that there is one: it installs Debian's package where
it may, and otherwise says what to do and fails, so that the browser tests are never left out unnoticed.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium as root has no sandbox; the rest keeps it from asking the internet for anything of its own.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]  # fmt: skip


def find() -> Path | None:
    """The program that $CHROMIUM names, or else the first known one on the PATH."""
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium without a window."""
    path = find()
    assert path, "no Chromium: run make test, which says what to install"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


def main() -> int:
    # A wrong $CHROMIUM is a mistake to mend; another browser would only hide it.
    named = os.environ.get("CHROMIUM")
    if not named and not find() and _may_install():
        _install()
    browser = find()
    if browser:
        print(f"Browser tests will use {browser}.")
        return 0
    if named:
        print(f"CHROMIUM names {named}, which is not a program: correct it, or unset it.", file=sys.stderr)
    else:
        print(
            "The browser tests need Chromium: install it (on Debian: sudo apt-get install chromium) "
            "or set CHROMIUM to the path of a Chromium or Chrome.",
            file=sys.stderr,
        )
    return 1


def _may_install() -> bool:
    """Root on Debian itself: Ubuntu's package of that name is only a pointer to a snap."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def _install() -> None:
    print("Installing Debian's chromium for the browser tests ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        # A failure is told by apt-get itself; main() then finds no browser and says the rest.
        subprocess.run(["apt-get", "--quiet=2", *command], env=environment, check=False)


if __name__ == "__main__":
    sys.exit(main())
