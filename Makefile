# Two commands: `make run` serves the shipped corpus, `make test` checks everything.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run install test install-test benchmark-install chromium lock format clean

run: install
	@echo "Serving on http://127.0.0.1:$(PORT) (stop with Ctrl-C)"
	PORT=$(PORT) $(BIN)/gunicorn wsgi:app

install: .venv/run.stamp

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.lock | .venv/bin/python
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	touch $@

install-test: .venv/test.stamp chromium

.venv/test.stamp: requirements-test.lock .venv/run.stamp
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-test.lock
	touch $@

# The engines that ours is measured against; see benchmarks/README.md.
benchmark-install: .venv/benchmark.stamp

.venv/benchmark.stamp: requirements-benchmark.lock .venv/test.stamp
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-benchmark.lock
	touch $@

# Only root can install Debian's browser; anyone else is told, and the browser's tests say so again.
chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
		|| echo "chromium is missing and cannot be installed here: the browser's tests will not run" >&2

test: install-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

format: install-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Needs uv on the path; the files name no package index.
UV_COMPILE = uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11
lock:
	$(UV_COMPILE) pyproject.toml -o requirements.lock
	$(UV_COMPILE) --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
	$(UV_COMPILE) --extra test --extra benchmark -c requirements-test.lock pyproject.toml -o requirements-benchmark.lock

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
