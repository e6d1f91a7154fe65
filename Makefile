# Everything a person does here. `make` alone lists it.

PYTHON ?= python3

BIN := .venv/bin
# Warnings about a machine's own pip configuration would drown what matters; errors are still shown.
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input

# Material announces its end on every run; the hub leans on its style sheets and icons only.
export NO_MKDOCS_2_WARNING := 1

MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name does; do \
		printf 'make %-10s %s\n' "$$name" "$$does"; done

.PHONY: site
site: venv ## build the site into site/
	@$(BIN)/mkdocs --quiet build --strict
	@echo "The site is in site/."

.PHONY: serve
serve: venv ## preview on http://127.0.0.1:8000/, renewed while you write
# --livereload is on by default in MkDocs, but not with click 8.3 and later.
	@$(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:8000

.PHONY: check
check: venv ## judge the content without building the site
	@$(BIN)/chautari check

.PHONY: test
test: venv-dev ## all tests (ARGS are handed to pytest: make test ARGS="-k feeds")
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet --output-format concise || { echo "make format mends this."; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter
	@$(BIN)/python tests/browser/chromium.py
	@$(BIN)/pytest $(ARGS)

.PHONY: test-slow
test-slow: venv-dev ## the tests that take minutes: long sequences of edits on a large hub
	@$(BIN)/pytest -m slow $(ARGS)

.PHONY: audit
audit: venv-dev ## the finished site by the tools of others: HTML, access, speed (some parts: ARGS="vnu axe")
	@$(BIN)/python -m tests.audit $(ARGS)

.PHONY: bench
bench: venv ## hub and Hugo at the same work, in turn: five minutes (ARGS="--posts 1000 --peers all --record")
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: bench-full
bench-full: venv ## 1,000 and 10,000 posts with all peers, then 100,000 with Hugo from nothing: hours
	@$(BIN)/python -m benchmarks --posts 1000 --peers all --record $(ARGS)
	@$(BIN)/python -m benchmarks --posts 10000 --peers all --record $(ARGS)
	@$(BIN)/python -m benchmarks --posts 100000 --cold --limit 7200 --record $(ARGS)

.PHONY: format
format: venv-dev ## mend the form of the code
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

.PHONY: messages
messages: venv-dev ## collect the interface's words for translators
	@$(BIN)/pybabel --quiet extract --mapping pyproject.toml --omit-header --no-location --sort-output \
		--add-comments "For translators:" --output hooks/chautari/locales/chautari.pot .

# The larger set is solved first, so that both files hold the same versions. One version of each package for every
# Python ("fewest"): the same sources give the same pages wherever they are built.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-header --no-annotate --group build pyproject.toml

.PHONY: lock
lock: venv-dev ## remake the lock files (ARGS=--upgrade for the newest versions)
	@$(LOCK) $(ARGS) --extra dev --output-file requirements-dev.lock
	@$(LOCK) $(ARGS) --constraint requirements-dev.lock --output-file requirements.lock
	@echo "requirements.lock and requirements-dev.lock are up to date."

.PHONY: clean
clean: ## remove all that was made: site/, .cache/, .venv/ and build leftovers
	@rm -rf site .cache .venv .hypothesis build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. What is installed is known by its content, from a copy of the lock file inside .venv: file times
# say nothing after a checkout or a restored CI cache. An environment whose Python is gone is made anew as well.
.PHONY: venv
venv:
	@{ cmp -s requirements.lock .venv/requirements.lock && $(BIN)/python -c ''; } 2>/dev/null \
		|| $(MAKE) environment LOCKED=requirements.lock
	@$(MAKE) command

.PHONY: venv-dev
venv-dev:
	@{ cmp -s requirements-dev.lock .venv/requirements-dev.lock && $(BIN)/python -c ''; } 2>/dev/null \
		|| $(MAKE) environment LOCKED=requirements-dev.lock
	@$(MAKE) command

.PHONY: environment
environment: python
	@echo "Installing $(LOCKED) into .venv ..."
	@$(PYTHON) -m venv --clear .venv
# A package that comes as source is built with the setuptools of the lock file, so it goes in first; with isolation,
# pip would fetch one without a hash.
	@sed -n '/^setuptools==/,/[^\\]$$/p' $(LOCKED) > .venv/build.txt
	@$(PIP) install --require-hashes --requirement .venv/build.txt
	@$(PIP) install --require-hashes --no-build-isolation --use-pep517 --requirement $(LOCKED)
# The development lock holds all of the other one, so `make site` finds its own as well.
	@cp requirements.lock .venv/
	@cp $(LOCKED) .venv/

# The command `chautari`, run from hooks/. Nothing is fetched: all it needs is there already.
.PHONY: command
command:
	@cmp -s pyproject.toml .venv/pyproject.toml || { \
		$(PIP) install --no-index --no-deps --no-build-isolation --editable . && cp pyproject.toml .venv/; }

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) was not found. On Debian or Ubuntu: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$$($(PYTHON) --version) is too old: Python 3.11 or newer is needed."; \
		echo "If a newer one is installed, name it: make site PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make virtual environments. On Debian or Ubuntu:"; \
		$(PYTHON) -c 'import sys; print("sudo apt-get install python%d.%d-venv" % sys.version_info[:2])'; exit 1; }
