"""The shape of the code: what a newcomer was told about it stays true."""

import ast
from pathlib import Path

import pytest

from chautari import outputs, views
from chautari.content import collections

ROOT = Path(__file__).parent.parent
HOOKS = ROOT / "hooks"
PACKAGE = HOOKS / "chautari"
MODULES = sorted(PACKAGE.rglob("*.py"))

READING_ORDER = [
    "problems",
    "yaml_mistakes",
    "yaml",
    "source",
    "validation",
    "values",
    "dates",
    "references",
    "vocabulary",
    "entry",
    "links",
    "site",
    "timing",
    "waiting",
    "cache",
    "pool",
    "drawings",
    "pictures",
    "acronyms",
    "signatures",
    "pdf",
    "documents",
    "awards",
    "comments",
    "outer_links",
    "library",
    "reading",
    "judging",
    "loading",
    "reopening",
    "relations",
    "wording",
    "geography",
    "maps",
    "clocks",
    "channels",
    "forwarding",
    "headers",
    "schema",
    "records",
    "tables",
    "listing",
    "choices",
    "artifact",
    "zones",
    "renditions",
    "citation",
    "schema_org",
    "graph",
    "feeds",
    "curriculum",
    "indicators",
    "who_what_where",
    "loops",
    "content",
    "calendars",
    "vevents",
    "cascade",
    "paths",
    "health",
    "timeline",
    "affiliations",
    "involvement",
    "particulars",
    "moving",
    "views",
    "outputs",
    "importers",
    "abbreviations",
    "prefilter",
    "quick_markdown",
    "linking",
    "markdown",
    "addresses",
    "bodies",
    "sharing",
    "asking",
    "recipients",
    "issuing",
    "fingerprints",
    "packs",
    "stage",
    "written",
    "cbor",
    "parts",
    "bundle",
    "sitemap",
    "search",
    "templates",
    "pages",
    "watching",
    "hub",
    "events",
    "project",
    "importing",
    "__main__",
]
"""Each module imports only those before it."""


def imports(path: Path) -> set[str]:
    """The modules that a file imports, type-only imports left out."""
    found: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    hidden = {
        node
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if node in hidden:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_imports_go_one_way() -> None:
    for path in MODULES:
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "chautari" and len(parts) > 1 and parts[1] in READING_ORDER and parts[1] != room:
                assert READING_ORDER.index(parts[1]) < READING_ORDER.index(room), f"{path.name} imports {name}"


def test_every_module_has_its_place_in_the_reading_order() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES} - {"__init__"}
    assert rooms == set(READING_ORDER)
    told = (PACKAGE / "__init__.py").read_text("utf-8")
    lines = [line.split()[0].rstrip("/") for line in told.split("\n") if line.startswith("    ")]
    assert lines == READING_ORDER


def test_only_four_modules_speak_to_mkdocs_and_jinja() -> None:
    speaking = {
        path.name
        for path in MODULES
        if {name.split(".")[0] for name in imports(path)} & {"mkdocs", "jinja2", "material"}
    }
    assert speaking == {"events.py", "hub.py", "pages.py", "templates.py"}


def test_the_hook_file_is_wiring_only() -> None:
    tree = ast.parse((HOOKS / "build.py").read_text("utf-8"))
    assert {type(node) for node in tree.body} <= {ast.Expr, ast.ImportFrom, ast.Assign}
    assert [path.name for path in HOOKS.glob("*.py")] == ["build.py"], "another module here would shadow the library's"
    assert not (HOOKS / "__init__.py").exists(), "as a package the hooks cannot be loaded by the command mkdocs"


def test_the_same_word_at_each_place() -> None:
    for collection in collections():
        name = collection.name
        assert (PACKAGE / "content" / f"{name}.py").is_file()
        assert (ROOT / "overrides" / "entries" / f"{name}.html").is_file()
        assert (ROOT / "content" / name).is_dir()
        assert (ROOT / "tests" / "content" / f"test_{name}.py").is_file()


def test_what_is_discovered() -> None:
    assert [collection.name for collection in collections()] == [
        "credentials",
        "events",
        "initiatives",
        "pages",
        "partners",
        "posts",
        "resources",
        "trainings",
    ]
    assert modules_in(views) == [
        "acronyms",
        "archive",
        "awards",
        "collections",
        "countries",
        "events",
        "facilitators",
        "health",
        "home",
        "labels",
        "languages",
        "pairs",
        "partners",
        "paths",
        "posts",
        "resources",
        "search",
        "subscribe",
        "trainings",
    ]
    assert modules_in(outputs) == [
        "apache",
        "api",
        "badges",
        "calendars",
        "citations",
        "feeds",
        "indicators",
        "netlify",
        "nginx",
        "opml",
        "redirects",
        "terms",
    ]


def modules_in(package: object) -> list[str]:
    folder = Path(package.__file__).parent  # type: ignore[attr-defined]  # a package has one
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_core_reads_no_clock(path: Path) -> None:
    if path.name in ("events.py", "project.py"):  # the edge is where the moment comes in
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("now", "today", "utcnow") or ast.unparse(node.value) in (
                "self",
                "site",
                "self.site",
            )
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert ast.unparse(node.type) not in ("Exception", "BaseException")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_says_what_it_is_and_has_one_subject(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") < 400
