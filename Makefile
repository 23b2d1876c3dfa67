# Every target says what it does. `make run` and `make test` set up first; a second set-up takes no time.
PY = .venv/bin/python
PYTHON ?= python3.11
SETUP = .venv/.done
POSTGRES ?= postgres://postgres@127.0.0.1/postgres
.DEFAULT_GOAL = help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(SETUP) ## make .venv with everything that is pinned in requirements/dev.txt

$(SETUP): requirements/dev.txt engine/pyproject.toml web/pyproject.toml
	@echo "setup: making .venv with $(PYTHON) (once; about a minute)"
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@echo "setup: installing what requirements/dev.txt pins"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@echo "setup: linking the packages"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e engine -e web
	@touch $(SETUP)
	@echo "setup: done"

run: $(SETUP) ## Holdgood with the demonstration trust, at http://127.0.0.1:8000 (PORT=8123, HOLDGOOD_DEMO=0: your own)
	@HOLDGOOD_DEMO=$${HOLDGOOD_DEMO-1} .venv/bin/holdgood run

test: $(SETUP) ## the tests
	@echo "test: the engine's tests (a minute or two)"
	@$(PY) -m pytest -n 2 -m "not long"
	@echo "test: the application's tests, on SQLite"
	@$(PY) -m pytest web -n 2 -m "not long"

test-long: $(SETUP) ## the tests that take minutes
	@echo "test-long: tests marked long"
	@$(PY) -m pytest -n 2 -m long
	@$(PY) -m pytest web -n 2 -m long
	@echo "test-long: the application's tests on PostgreSQL ($(POSTGRES)); of the long ones those of data, not of pages"
	@DATABASE_URL=$(POSTGRES) $(PY) -m pytest web -n 2 -m "not long"
	@DATABASE_URL=$(POSTGRES) $(PY) -m pytest web/holdgood -n 2 -m long

check: $(SETUP) ## lint, format, types, import contracts
	@echo "check: ruff"; .venv/bin/ruff check --quiet . && .venv/bin/ruff format --quiet --check .
	@echo "check: mypy"; .venv/bin/mypy --no-error-summary
	@echo "check: import contracts"; .venv/bin/lint-imports --no-cache

fix: $(SETUP) ## let ruff mend what it can
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

bench: $(SETUP) ## measure speed beside the peers, side by side in one run: build/bench.md
	@$(PY) engine/benchmarks/bench.py
	@$(PY) web/benchmarks/pages.py

evidence: $(SETUP) ## re-run a tenth of the evidence behind the methods and compare; FULL=1: all of it, tables written
	@$(PY) engine/benchmarks/evidence.py

mutants: $(SETUP) ## mutation testing of limits, signals, phases, verdict and gains (hours)
	@cd engine && ../.venv/bin/mutmut run

docs: $(SETUP) ## write again what docs/reference generates
	@$(PY) -m plotthedots.cli.reference docs/reference/commands.md
	@$(PY) docs/generate.py
	@$(PY) -m holdgood.measures.reference > docs/reference/measures.md
	@DJANGO_SETTINGS_MODULE=holdgood.settings HOLDGOOD_DATA=build/data $(PY) -m holdgood.operations.reference
	@$(PY) -m holdgood.documents.sheet

requirements: $(SETUP) ## pin again what requirements/*.in ask for
	@for f in engine web dev bench; do .venv/bin/uv pip compile -q requirements/$$f.in --generate-hashes --universal --python-version 3.11 \
		--no-annotate --no-header --no-emit-index-url --no-emit-find-links -o requirements/$$f.txt; done

.PHONY: help setup run test test-long check fix bench evidence mutants docs requirements
