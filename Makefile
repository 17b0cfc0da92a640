# On a fresh machine: `make demo` and `make test` install everything into .venv first, from requirements.lock.
# Another Python: make PYTHON=/path/to/python3.13 test

VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/installed
PYTHON ?=
CANDIDATES := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)
# JupyterLab wants to be asked for it where the user is root, as in a container.
ROOT_TOO := $(if $(filter 0,$(shell id -u)),--allow-root)
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input

.PHONY: demo test lint lock lab notebooks bench clean
.DEFAULT_GOAL := demo

demo: $(INSTALLED) ## read data/articles, print the table and the cross-check, write them and the charts to out/
	@$(PY) -m energyfacts demo --out out

test: $(INSTALLED) ## run all tests; choose with ARGS="-m 'not slow'"
	@$(PY) -m pytest $(ARGS)

lint: $(INSTALLED) ## check style and types
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

lab: $(INSTALLED) ## open JupyterLab on the notebooks
	$(PY) -m jupyterlab $(ROOT_TOO) --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks

notebooks: $(INSTALLED) ## run the notebooks afresh and save them clean; renew the README's pictures and tables
	$(PY) tests/saved_notebooks.py
	$(PY) tests/report_picture.py
	$(PY) tests/readme_text.py

bench: $(INSTALLED) ## measure speed against quantulum3, growth, hostile texts and start; some minutes
	@$(PY) -W ignore benchmarks/speed.py
	@$(PY) benchmarks/growth.py
	@$(PY) benchmarks/start.py

clean: ## remove what was installed and made
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment. A half-made or moved one is made anew. Each candidate is tried, not only looked up,
# because a version manager's python3.12 may be a stub, and Debian's python3 may come without ensurepip.
$(PY):
	@old=; bare=; \
	for name in $(CANDIDATES); do \
	  path=$$(command -v $$name) || continue; \
	  "$$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { old="$$old $$path"; continue; }; \
	  "$$path" -c 'import ensurepip, venv' 2>/dev/null || { bare="$$bare $$path"; continue; }; \
	  echo "Making $(VENV) with $$path ($$("$$path" --version))"; \
	  "$$path" -m venv --clear $(VENV) && exit 0; \
	  echo "$$path could not make the virtual environment $(VENV); its message is above." >&2; exit 1; \
	done; \
	if [ -n "$$bare" ]; then \
	  echo "Python is there ($$bare ) but lacks ensurepip: install it (Debian and Ubuntu: apt install python3-venv), then run make again." >&2; \
	elif [ -n "$$old" ]; then \
	  echo "energyfacts needs Python 3.11 or newer, and none of these is one:$$old; install one, or name it: make PYTHON=/path/to/python3." >&2; \
	else \
	  echo "No Python was found (tried: $(CANDIDATES)); install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3." >&2; \
	fi; exit 1

# The stamp is written last, so that an interrupted installation is taken up again. The lock is complete, hence --no-deps.
$(INSTALLED): requirements.lock pyproject.toml | $(PY)
	@echo "Installing the locked packages (a minute or two, only once)"
	@$(PIP_INSTALL) --no-deps --requirement requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# Locks what pyproject.toml asks for, for every Python from 3.11 on and every system, from the package index alone:
# no settings of this machine are read. Versions already locked stay: `make lock UPGRADE=--upgrade` takes newer ones.
LOCK_VENV := build/lock
lock: | $(PY) ## write requirements.lock
	@test -x $(LOCK_VENV)/bin/uv || { $(PY) -m venv $(LOCK_VENV) && $(LOCK_VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv; }
	env -u UV_FIND_LINKS -u UV_INDEX -u UV_EXTRA_INDEX_URL $(LOCK_VENV)/bin/uv pip compile --no-config $(UPGRADE) \
	  --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml
