# Two commands: `make run` serves the shipped corpus, `make test` checks everything.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: cluster run install test install-test types lighthouse observatory coverage benchmark-install chromium postgresql nginx lock format clean

run: install
	@echo "Serving on http://127.0.0.1:$(PORT) (stop with Ctrl-C)"
	PORT=$(PORT) $(BIN)/gunicorn wsgi:app

install: .venv/run.stamp

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.lock | .venv/bin/python
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	touch $@

install-test: .venv/test.stamp .tools/npm.stamp chromium postgresql nginx

.venv/test.stamp: requirements-test.lock .venv/run.stamp
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-test.lock
	touch $@

# The engines that ours is measured against; see benchmarks/README.md.
benchmark-install: .venv/benchmark.stamp

.venv/benchmark.stamp: requirements-benchmark.lock .venv/test.stamp
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-benchmark.lock
	touch $@

# TypeScript reads the types in the scripts' comments, Lighthouse judges the pages; both are installed into an ignored
# folder and never shipped.
.tools/npm.stamp: package.json package-lock.json
	@mkdir -p .tools
	@command -v npm >/dev/null || echo "npm is missing: neither the types of the scripts nor the pages' scores are checked" >&2
	@! command -v npm >/dev/null || { cp package.json package-lock.json .tools/ \
		&& npm ci --prefix .tools --ignore-scripts --no-audit --no-fund --silent \
			--fetch-retries=1 --fetch-timeout=30000 && touch $@; } \
		|| echo "npm could not install its tools: neither the types of the scripts nor the pages' scores are checked" >&2

# Only root can install Debian's browser; anyone else is told, and the browser's tests say so again.
chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
		|| echo "chromium is missing and cannot be installed here: the browser's tests will not run" >&2

# The same for the database server whose tests run beside SQLite's; they start it themselves, on a socket of their own.
postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; } \
		|| echo "PostgreSQL is missing and cannot be installed here: its tests will not run" >&2

# And for the front server before which the chatbot is tested.
nginx:
	@{ [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null; } && command -v openssl >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light openssl >/dev/null; } \
		|| echo "nginx is missing and cannot be installed here: the front server will not be tested" >&2

test: install-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) --no-print-directory types
	$(BIN)/pytest -n 2 --dist worksteal
	$(MAKE) --no-print-directory lighthouse
	$(BIN)/python -m benchmarks.retrieval --no-peers --no-timing --compare benchmarks/frozen.json >/dev/null

# Without npm this is skipped with a word, and fails where CI is set.
TSC := .tools/node_modules/.bin/tsc
types: .tools/npm.stamp
	@if [ -x $(TSC) ]; then $(TSC) -p tsconfig.json && $(TSC) -p tsconfig.loader.json; \
	else echo "the types of the scripts were not checked" >&2; [ -z "$$CI" ]; fi

# Without npm or Chromium this is skipped with a word, and fails where CI is set.
lighthouse: install-test
	$(BIN)/python -m benchmarks.lighthouse

# Mozilla's HTTP Observatory on every kind of page, behind the shipped front server; ports 80 and 443, so as root.
observatory: install-test .tools/observatory.stamp
	$(BIN)/python -m benchmarks.observatory

.tools/observatory.stamp: benchmarks/npm-observatory/package.json benchmarks/npm-observatory/package-lock.json
	@mkdir -p .tools/observatory
	cp benchmarks/npm-observatory/package*.json .tools/observatory/
	npm ci --prefix .tools/observatory --ignore-scripts --no-audit --no-fund --silent
	touch $@

# Which branches of chatbot/ the tests take. Left out: what needs a browser or a server, and what is about time, which the
# counting multiplies.
UNCOVERED := browser benchmarks faults deploy hostile test_server.py corpus/test_speed.py
coverage: install-test
	$(BIN)/pytest -n 2 --cov --cov-report=term $(UNCOVERED:%=--ignore=tests/%) \
		-k "not milliseconds and not no_longer"

# What a larger site has, on loopback: processes behind nginx, with Redis and PostgreSQL where they are installed.
# OPENSEARCH=http://127.0.0.1:9201,… adds the nodes that deploy/opensearch/start.sh starts.
cluster: install-test
	$(BIN)/python -m benchmarks.cluster --opensearch "$(OPENSEARCH)"

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
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache
