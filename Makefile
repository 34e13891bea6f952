# A convenience only: every target is one or two commands that can be typed by hand (`make -n TARGET` shows them).
# Works with GNU make 3.81 (macOS). On Windows: run it from Git Bash, or type the commands with .venv\Scripts\ instead
# of .venv/bin/. Another interpreter: `make PYTHON=/path/to/python3.12 demo`. Test arguments: `make test ARGS="-k ledger"`.

VENV = .venv
PEERS = .venv-peers
LOCK = .venv-lock
PYTHONS = $(or $(PYTHON),python3.13 python3.12 python3.14 python3.11 python3 python)
# mitmproxy's dependencies have no wheels for the newest interpreter, so the peers look for an older one first.
PYTHONS_FOR_PEERS = $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python)
WORKERS = auto
ARGS =

ifeq ($(OS),Windows_NT)
BIN = Scripts
else
BIN = bin
endif

PIP_INSTALL = -m pip install --quiet --disable-pip-version-check
PIN = uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--annotation-style line --custom-compile-command "make lock" $(UPGRADE)
UPGRADE = --upgrade

.PHONY: help demo test check format bench peers lock docs docs-check clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/  make \1	\2/p' Makefile

demo: $(VENV)/runtime.stamp ## install kanal into .venv and show it on practice networks
	$(VENV)/$(BIN)/kanal demo

test: $(VENV)/dev.stamp ## run the tests
	$(VENV)/$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 $(ARGS)

check: $(VENV)/dev.stamp ## format, lint, types, import directions, documentation up to date
	$(VENV)/$(BIN)/python -m ruff format --check .
	$(VENV)/$(BIN)/python -m ruff check .
	$(VENV)/$(BIN)/python -m mypy
	$(VENV)/$(BIN)/lint-imports
	$(VENV)/$(BIN)/python docs/generate.py --check

format: $(VENV)/dev.stamp ## format the code and fix what ruff can fix
	$(VENV)/$(BIN)/python -m ruff format .
	$(VENV)/$(BIN)/python -m ruff check --fix .

bench: $(VENV)/dev.stamp $(PEERS)/peers.stamp ## measure what docs/benchmarks.md claims
	$(VENV)/$(BIN)/python bench/run.py $(ARGS)

docs: $(VENV)/dev.stamp ## write the generated parts of docs/
	$(VENV)/$(BIN)/python docs/generate.py

docs-check: $(VENV)/dev.stamp ## fail if the generated parts of docs/ are out of date
	$(VENV)/$(BIN)/python docs/generate.py --check

peers: $(PEERS)/peers.stamp ## install foreign servers and checkers that we test and measure against into .venv-peers

lock: $(LOCK)/lock.stamp ## pin the newest allowed versions into requirements/ (make lock UPGRADE= keeps what still fits)
	$(LOCK)/$(BIN)/$(PIN) requirements/lock.in -o requirements/lock.txt
	$(LOCK)/$(BIN)/$(PIN) pyproject.toml requirements/build.in -o requirements/runtime.txt
	$(LOCK)/$(BIN)/$(PIN) pyproject.toml --group pyproject.toml:dev requirements/build.in -c requirements/runtime.txt \
		-o requirements/dev.txt
	$(LOCK)/$(BIN)/$(PIN) --group pyproject.toml:peers -o requirements/peers.txt

# The ledger (.kanal) is no build product: it is never touched here.
clean: ## remove environments and caches
	rm -rf $(VENV) $(PEERS) $(LOCK) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Stamps: a second run installs nothing, a changed requirements file installs again.

$(VENV)/runtime.stamp: requirements/runtime.txt pyproject.toml $(VENV)/made.stamp
	@echo "Installing kanal into $(VENV) (about a minute the first time) ..."
	@$(VENV)/$(BIN)/python $(PIP_INSTALL) --require-hashes -r requirements/runtime.txt
	@$(VENV)/$(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml $(VENV)/made.stamp
	@echo "Installing kanal and its tools into $(VENV) (a minute or two the first time) ..."
	@$(VENV)/$(BIN)/python $(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@$(VENV)/$(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(PEERS)/peers.stamp: requirements/peers.txt $(PEERS)/made.stamp
	@echo "Installing mitmproxy, mastodon_mock, crier and yamllint into $(PEERS) ..."
	@$(PEERS)/$(BIN)/python $(PIP_INSTALL) --require-hashes -r requirements/peers.txt
	@touch $@

$(LOCK)/lock.stamp: requirements/lock.in $(LOCK)/made.stamp
	@$(LOCK)/$(BIN)/python $(PIP_INSTALL) $(if $(wildcard requirements/lock.txt),--require-hashes -r requirements/lock.txt,-r requirements/lock.in)
	@touch $@

$(VENV)/made.stamp $(LOCK)/made.stamp:
	@$(call make_environment,$(@D),$(PYTHONS))

$(PEERS)/made.stamp:
	@$(call make_environment,$(@D),$(PYTHONS_FOR_PEERS))

# Takes the first interpreter that runs, is new enough, and can make environments (Debian packs ensurepip separately; a
# pyenv shim is on the path without being able to run). An environment with a working pip is kept.
define make_environment
	if $(1)/$(BIN)/python -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && \
		$(1)/$(BIN)/python -m pip --version >/dev/null 2>&1; then touch $(1)/made.stamp; exit 0; fi; \
	without_venv=; \
	for python in $(2); do \
		"$$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" >/dev/null 2>&1 || continue; \
		"$$python" -c "import ensurepip, venv" >/dev/null 2>&1 || { without_venv=$$python; continue; }; \
		echo "Making $(1) with $$python ..."; \
		"$$python" -m venv --clear $(1) || exit 1; \
		echo "*" > $(1)/.gitignore; \
		touch $(1)/made.stamp; \
		exit 0; \
	done; \
	if [ -n "$$without_venv" ]; then \
		echo "$$without_venv cannot make virtual environments." >&2; \
		echo "On Debian and Ubuntu: sudo apt install python3-venv, then run make again." >&2; \
	else \
		echo "kanal needs Python 3.11 or newer; looked for: $(2)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3." >&2; \
	fi; \
	exit 1
endef
