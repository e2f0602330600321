# Everything a newcomer types. Needs Python 3.11 or later with its venv module, make, and nothing else.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export UV_LINK_MODE ?= copy

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-fast coverage check format types bench messages screenshots lock clean

help: ## What one can type
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# --- the environment: made once, remade when the locks change ------------------------------------------------------
# Hashes are checked for every package. uv is quick; where it cannot reach what pip is configured for, pip does the same.
define install
	$(BIN)/uv pip install -q --compile-bytecode --require-hashes -r $(1) || $(BIN)/pip install -q --require-hashes -r $(1)
	$(BIN)/uv pip install -q --no-deps -e . || $(BIN)/pip install -q --no-deps -e .
	@touch $@
endef

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check "uv>=0.5"

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/uv
	$(call install,requirements.lock)

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/uv
	$(call install,requirements-dev.lock)
	@touch $(VENV)/.runtime

setup: $(VENV)/.dev ## Environment with development tools

# --- use ------------------------------------------------------------------------------------------------------------
demo: $(VENV)/.runtime ## An example region with its people, served on http://localhost:8000 (PORT=…, SMOKE=1: only try it)
ifdef SMOKE
	$(BIN)/python tools/smoke.py
else
	$(BIN)/concertoit demo --port $(PORT)
endif

serve: $(VENV)/.runtime ## The production server on this machine's data
	$(BIN)/concertoit serve --port $(PORT)

# --- trust ----------------------------------------------------------------------------------------------------------
test: $(VENV)/.dev ## All tests, on SQLite and on PostgreSQL where its server is installed
	@$(BIN)/python tools/run_tests.py $(ARGS)

test-fast: $(VENV)/.dev ## Tests on SQLite without the browser
	$(BIN)/pytest -q -n auto -m "not browser" $(ARGS)

coverage: $(VENV)/.dev ## Branch coverage of the tests on SQLite
	$(BIN)/pytest -q -n auto -m "not browser" --cov --cov-report=term:skip-covered --cov-report=html $(ARGS)

check: $(VENV)/.dev ## Lint, format, templates, types, layers, migrations, deployment, advisories
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint concertoit --lint --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_django.py
	$(BIN)/python tools/audit.py

format: $(VENV)/.dev ## Put the code in form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Measure, and write docs/performance.md
	$(BIN)/python -m benchmarks $(ARGS)

# --- upkeep ---------------------------------------------------------------------------------------------------------
messages: $(VENV)/.dev ## Extract and compile the catalogues
	$(BIN)/python tools/messages.py

screenshots: $(VENV)/.dev ## Pictures of the main pages, from the demo
	$(BIN)/python tools/screenshots.py

lock: $(VENV)/.dev ## Renew the locks (no registry address is written in them)
	$(BIN)/uv lock --upgrade -q
	$(BIN)/uv export -q --frozen --no-emit-project --no-header --no-dev --format requirements-txt -o requirements.lock
	$(BIN)/uv export -q --frozen --no-emit-project --no-header --format requirements-txt -o requirements-dev.lock

clean: ## Forget the environment and the caches (never var/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache htmlcov build dist
