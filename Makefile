# `make` alone prints this help. Two commands matter: `make run` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
BIN := .venv/bin
AULA_HOME ?= instance

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench content i18n lock screenshots frontend clean

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.python: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Aula Abierta needs Python 3.11 or newer; $$($(PYTHON) --version) was found as $(PYTHON). Try: make PYTHON=python3.11 run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@test -x .venv-kernel/bin/python || $(PYTHON) -m venv .venv-kernel
	@touch $@

.venv/.site: .venv/.python requirements.txt
	@echo "Installing the site (pinned, with hashes)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m notebooks install-kernelspec --prefix .venv --data-root courses/content/datasets
	@touch $@

.venv-kernel/.image: .venv/.python notebooks/sandbox/image/requirements.txt
	@echo "Installing what learners may import…"
	@.venv-kernel/bin/pip install --quiet --disable-pip-version-check --require-hashes -r notebooks/sandbox/image/requirements.txt
	@# What each start of a fork server would do again.
	@MPLCONFIGDIR=.venv-kernel/matplotlib .venv-kernel/bin/python -c 'import matplotlib.font_manager'
	@.venv-kernel/bin/python -m compileall -q notebooks/sandbox/fork_server notebooks/sandbox/image/aula
	@touch $@

.venv/.dev: .venv/.site .venv-kernel/.image requirements-dev.txt tests/second-kernel.txt
	@echo "Installing the tools of the tests…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@.venv-kernel/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade --target .venv-kernel/second -r tests/second-kernel.txt
	@touch $@

setup: .venv/.site .venv-kernel/.image ## install what the site needs, into .venv and .venv-kernel

run: setup ## set everything up and serve the site at http://127.0.0.1:8000
	@AULA_DEMO=$${AULA_DEMO-1} exec $(BIN)/python -m webapp.cli serve

# Two halves, and always both: most tests two files at a time, then those marked `alone`. A ROOM or ARGS may leave nothing
# of one of them, which pytest calls 5.
test: setup .venv/.dev ## set everything up and run all tests (ROOM=graders for one room)
	@half() { $(BIN)/python -m pytest $(if $(ROOM),tests/$(ROOM),tests) "$$@" $(ARGS); }; \
	beside=0; half -m "not alone" -n 2 --dist loadfile || beside=$$?; \
	alone=0; half -m alone || alone=$$?; \
	case "$$beside $$alone" in "0 0" | "0 5" | "5 0") ;; *) exit 1 ;; esac

check: .venv/.dev ## format, lint, types, import law, house rules: seconds
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo 2>&1 | tail -n 40
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest -q tests/house

.venv-peers/.done: .venv/.python benchmarks/peers.txt
	@echo "Installing the graders to measure against…"
	@test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r benchmarks/peers.txt
	@touch $@

bench: setup .venv/.dev .venv-peers/.done ## measure speed and memory against named baselines
	@$(BIN)/python -m benchmarks

content: setup ## check and prove every lesson
	@$(BIN)/python -m courses check --prove

i18n: .venv/.dev ## collect strings, update and compile the translations
	@$(BIN)/pybabel -q extract -F webapp/translations/babel.cfg -k _l -k lazy_gettext --no-wrap --sort-by-file -o webapp/translations/messages.pot webapp
	@$(BIN)/pybabel -q update -i webapp/translations/messages.pot -d webapp/translations --no-wrap --no-fuzzy-matching
	@$(BIN)/pybabel -q compile -d webapp/translations

screenshots: setup .venv/.dev ## take the pictures in docs/screenshots again (needs Chromium)
	@PYTHONPATH=.:tests $(BIN)/python -m support.screenshots

frontend: ## rebuild webapp/static/dist (needs Node; the result is committed)
	@cd webapp/frontend && npm ci --ignore-scripts --no-audit --no-fund && npm run build

lock: ## renew the pinned requirements (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes -q --custom-compile-command "make lock" -o requirements.txt pyproject.toml
	@uv pip compile --universal --python-version 3.11 --generate-hashes -q --custom-compile-command "make lock" --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
	@uv pip compile --universal --python-version 3.11 --generate-hashes -q --custom-compile-command "make lock" -o notebooks/sandbox/image/requirements.txt notebooks/sandbox/image/requirements.in
	@uv pip compile --universal --python-version 3.11 --generate-hashes -q --custom-compile-command "make lock" --extra ssh -c requirements.txt -o requirements-ssh.txt pyproject.toml
	@uv pip compile --universal --python-version 3.11 --generate-hashes -q --custom-compile-command "make lock" --no-deps -o tests/second-kernel.txt tests/second-kernel.in
	@# Peers as their own users have them: without what pyproject.toml overrides for us.
	@uv pip compile --no-config --universal --python-version 3.11 --generate-hashes -q --custom-compile-command "make lock" -c notebooks/sandbox/image/requirements.txt -o benchmarks/peers.txt benchmarks/peers.in

clean: ## remove what set-up made (never the school's data in instance/)
	@rm -rf .venv .venv-kernel .venv-peers build *.egg-info
