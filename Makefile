# Dayloom: what you can do here. `make` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --locked --no-sync
READY := .venv/.ready

.PHONY: help run dev test test-fast check prove format messages migration bench screenshots clean

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: $(READY) ## set everything up and start Dayloom on http://127.0.0.1:8081
	@$(RUN) dayloom serve

dev: $(READY) ## the same, restarting when the code changes
	@DAYLOOM_DATA_DIR=$${DAYLOOM_DATA_DIR:-data/dev} $(RUN) watchfiles --filter python "dayloom serve" src

test: $(READY) .venv/.browser ## set everything up and pass every test
	@$(RUN) pytest -m "not browser and not processes" -n 2 --dist loadscope
	@$(RUN) pytest -m "processes and not browser"
	@$(RUN) pytest -m browser

test-fast: $(READY) ## the tests without a browser and without killed processes
	@$(RUN) pytest -m "not browser and not processes" -n 2 --dist loadscope

check: $(READY) ## format, lint, types, import contracts, migrations, budgets
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .
	@$(RUN) mypy
	@$(RUN) lint-imports --no-logo
	@$(RUN) pytest -q tests/test_architecture.py

prove: $(READY) ## plan 10,000 random problems and check every plan (minutes)
	@$(RUN) python -m bench.violations 10000

format: $(READY) ## format the code and mend what lint can mend
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

messages: $(READY) ## collect what is said and bring the translations up to date
	@$(RUN) python -m tools.messages

migration: $(READY) ## write a migration to the changed models: make migration m="tasks: what changed"
	@$(RUN) python -m tools.new_migration "$(m)"

bench: $(READY) ## measure against baselines in the same run; prints the tables of bench/RESULTS.md
	@$(RUN) python -m bench

screenshots: $(READY) .venv/.browser ## take pictures of every page and state into screenshots/, with an index
	@$(RUN) python -m tools.screenshots $(what)

clean: ## remove what was installed and built here
	rm -rf .venv .tools src/dayloom/web/static/dist frontend/node_modules

$(READY): uv.lock pyproject.toml hatch_build.py $(wildcard frontend/*.* frontend/*/*.*) | $(UV)
	@echo "Installing what Dayloom needs into .venv …"
	@$(UV) sync --locked --quiet
	@touch $@

.venv/.browser: $(READY) tools/install-browser
	@tools/install-browser "$(RUN)"
	@touch $@

.tools/bin/uv:
	@echo "Installing uv into .tools …"
	@python3 -m venv .tools || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check "uv==0.13.9"
