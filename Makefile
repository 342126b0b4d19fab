# make run: the app · make test: every check · make bench: how fast · make format: tidy the code
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
RUN := .venv/installed
DEV := .venv/installed-dev
AUDIT := .venv/audit

.PHONY: run test bench lint audit format system
.DEFAULT_GOAL := run

run: $(RUN)
	$(BIN)/python -m sendviz uploads
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: system lint audit
	$(BIN)/python -m pytest -n 2

lint: $(DEV) $(AUDIT)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy sendviz
	$(BIN)/lint-imports
	$(AUDIT)/bin/bandit --quiet --configfile pyproject.toml --recursive sendviz pages app.py

audit: $(DEV) $(AUDIT)/installed
	$(BIN)/python -m tests.vulnerabilities $(AUDIT)/bin/pip-audit

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV)
	$(BIN)/python -m benchmarks

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

$(RUN): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@

# The programs that look for known vulnerabilities, apart: what they bring along would change how ours run.
$(AUDIT)/installed: requirements-audit.txt | $(BIN)/python
	$(BIN)/python -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet -r requirements-audit.txt
	@touch $@

# The programs the tests use beside Python: apt's own names, and the command each is known by.
system:
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	ls /usr/lib/libreoffice/program/libsdlo.so >/dev/null 2>&1 || { [ ! -d /usr/lib/libreoffice ] && command -v soffice >/dev/null; } \
		|| missing="$$missing libreoffice-impress-nogui"; \
	command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing="$$missing nginx"; \
	command -v openssl >/dev/null || missing="$$missing openssl"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; \
	else \
		echo "The tests need these installed first:$$missing"; exit 1; \
	fi
