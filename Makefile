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

run: $(SETUP) ## chart real A&E data: build/report.html
	@mkdir -p build
	@echo "run: charting four-hour waits of England's major A&E departments, 2016 to 2019"
	@.venv/bin/plotthedots example -o build/ae_attendances.csv
	@.venv/bin/plotthedots report build/ae_attendances.csv -o build/report.html \
		--by org_code --by type --date period --value breaches --denominator attendances \
		--chart pprime --direction decrease --target 0.05 --title "Waits of over four hours in A&E, by provider and type"
	@echo "run: open build/report.html in a browser"

test: $(SETUP) ## the tests
	@echo "test: the engine's tests (a minute or two)"
	@$(PY) -m pytest -n 2 -m "not long"
	@echo "test: the application's tests, on SQLite"
	@$(PY) -m pytest web -m "not long"

test-long: $(SETUP) ## the tests that take minutes
	@echo "test-long: tests marked long"
	@$(PY) -m pytest -n 2 -m long
	@$(PY) -m pytest web -m long
	@echo "test-long: all of the application's tests on PostgreSQL ($(POSTGRES))"
	@DATABASE_URL=$(POSTGRES) $(PY) -m pytest web

check: $(SETUP) ## lint, format, types, import contracts
	@echo "check: ruff"; .venv/bin/ruff check --quiet . && .venv/bin/ruff format --quiet --check .
	@echo "check: mypy"; .venv/bin/mypy --no-error-summary
	@echo "check: import contracts"; .venv/bin/lint-imports --no-cache

fix: $(SETUP) ## let ruff mend what it can
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

bench: $(SETUP) ## measure speed beside the peers, side by side in one run: build/bench.md
	@$(PY) engine/benchmarks/bench.py

evidence: $(SETUP) ## re-run a tenth of the evidence behind the methods and compare; FULL=1: all of it, tables written
	@$(PY) engine/benchmarks/evidence.py

mutants: $(SETUP) ## mutation testing of limits, signals, phases and verdict (hours)
	@cd engine && ../.venv/bin/mutmut run

docs: $(SETUP) ## write again what docs/reference generates
	@$(PY) -m plotthedots.cli.reference docs/reference/commands.md
	@$(PY) docs/generate.py

requirements: $(SETUP) ## pin again what requirements/*.in ask for
	@for f in engine web dev bench; do .venv/bin/uv pip compile -q requirements/$$f.in --generate-hashes --universal --python-version 3.11 \
		--no-annotate --no-header --no-emit-index-url --no-emit-find-links -o requirements/$$f.txt; done

.PHONY: help setup run test test-long check fix bench evidence mutants docs requirements
