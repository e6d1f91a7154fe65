"""The programs that the audit needs, and npm's packages in the versions of package-lock.json."""

import filecmp
import shutil
import subprocess
from pathlib import Path

from tests.browser.chromium import find
from tests.build import ROOT

HERE = Path(__file__).parent
FOLDER = ROOT / ".cache/audit"
MODULES = FOLDER / "node_modules"
# What each is called in Debian.
PROGRAMS = {"node": "nodejs", "npm": "npm", "java": "default-jre-headless"}


def missing() -> str:
    """What this machine lacks, in a sentence."""
    lacking = {name: package for name, package in PROGRAMS.items() if not shutil.which(name)}
    if not find():
        lacking["Chromium"] = "chromium"
    if not lacking:
        return ""
    packages = " ".join(lacking.values())
    return (
        f"make audit needs {', '.join(lacking)}: install what is missing (on Debian: sudo apt-get install {packages})."
    )


def install() -> str:
    """Puts the packages into .cache/audit, where they are not there yet; answers what npm minds."""
    names = ["package.json", ".npmrc", "package-lock.json"]
    same, *_ = filecmp.cmpfiles(HERE, FOLDER, names, shallow=False)
    # npm writes the last one when all the rest is there.
    if same == names and (MODULES / ".package-lock.json").is_file():
        return ""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(HERE / name, FOLDER)
    print("Installing the tools of the audit into .cache/audit ...", flush=True)
    done = subprocess.run(["npm", "ci", "--loglevel=error"], cwd=FOLDER, capture_output=True, text=True, check=False)
    said = "\n".join(done.stderr.splitlines()[:4])
    return f"npm could not install the tools of the audit:\n{said}" if done.returncode else ""
