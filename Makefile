# Every target may be typed on a fresh machine; what is missing is made first.
PY := .venv/bin/python
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard webapp/translations/*/LC_MESSAGES/*.po))
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

.PHONY: help setup run test lint bench pictures lock

help:
	@echo "make run       run the office at http://127.0.0.1:8000/ (PORT=8001 for another port)"
	@echo "make test      run all tests (ARGS='tests/workflows -x' for a part)"
	@echo "make lint      ruff, mypy, import directions"
	@echo "make bench     measure; one JSON object a line (ONLY=search for a part)"
	@echo "make pictures  draw the pictures of the user guide anew"
	@echo "make setup     make the environment in .venv"
	@echo "make lock      renew the lock files from pyproject.toml"

setup:
	@deploy/setup
	@$(MAKE) --no-print-directory --silent catalogues

.PHONY: catalogues
catalogues: $(CATALOGUES)

%.mo: %.po
	@$(PY) -m babel.messages.frontend compile --input-file=$< --output-file=$@

run: setup
	@$(PY) -m webapp.run

test: setup
	@deploy/setup-tests
	@$(PY) -m pytest $(or $(ARGS),-n 2 --dist worksteal)

lint: setup
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

bench: setup
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@$(PY) -m tests.benchmarks $(ONLY)

lock: setup
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@$(LOCK) --group dev --extra fast pyproject.toml --output-file requirements-dev.lock
	@$(LOCK) --extra fast --constraint requirements-dev.lock pyproject.toml --output-file requirements.lock
	@$(LOCK) --group bench --constraint requirements-dev.lock --output-file requirements-bench.lock

pictures: setup
	@$(PY) -m docs.draw_pictures
