# One command per wish: `make` alone lists them.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
# The stamp holds the folder it was made in: an environment that was copied or moved is made anew.
STAMP := $(VENV)/.ready
PIP := $(RUN) pip --quiet --quiet --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo serve lint test verify bench lock wheelhouse clean anew

help:
	@printf '%s\n' \
	  '稳业 Wenye' \
	  '' \
	  '  make setup    准备 .venv / prepare .venv' \
	  '  make demo     在合成辖区上走完主要流程 / the main job on a synthetic district' \
	  '  make serve    在浏览器里使用演示辖区 / the service on the demo district, in a browser' \
  '  make lint     代码检查 / ruff, mypy, import directions' \
	  '  make test     代码检查和全部测试 / lint and all tests' \
	  '  make verify   长时间的验证 / the long proofs' \
	  '  make bench    性能测量 / measurements, in an environment of their own' \
	  '  make lock     重新锁定依赖 / lock the dependencies again (UPGRADE=1: to newer versions)' \
	  '  make wheelhouse 离线安装用的全部包 / all packages, for a machine without a network' \
	  '  make clean    回到刚克隆时的样子 / back to a fresh clone' \
	  '' \
	  '需要 Python 3.11 或更新版本；用 PYTHON=... 指定 / needs Python 3.11 or newer; name it with PYTHON=...'

ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
$(STAMP): anew
endif

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  printf '%s\n' '需要 Python 3.11 或更新版本，而“$(PYTHON)”不是；请用 make PYTHON=python3.11 指定。' \
	    'Wenye needs Python 3.11 or newer, which "$(PYTHON)" is not; name one: make PYTHON=python3.11' >&2; \
	  exit 1; }
	@echo '准备环境 / setting up $(VENV)'
	@if test "$$(cat $@ 2>/dev/null)" != '$(CURDIR)' || ! $(RUN) pip --version >/dev/null 2>&1; then \
	  $(PYTHON) -m venv --clear $(VENV) || { \
	    printf '%s\n' '建不成虚拟环境；在 Debian 上请先装 python3-venv。' \
	      'No virtual environment could be made; on Debian install python3-venv first.' >&2; \
	    exit 1; }; \
	fi
	@$(PIP) install -c constraints.txt setuptools
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[test]'
	@printf '%s\n' '$(CURDIR)' > $@

setup: $(STAMP)

demo: setup
	@$(VENV)/bin/wenye demo

lint: setup
	$(RUN) ruff check .
	$(RUN) ruff format --check --quiet .
	$(RUN) mypy
	$(VENV)/bin/lint-imports

# What locks, counts, triggers and searches is tested on both databases; pages once.
ON_POSTGRESQL := $(addprefix tests/services/,audit cases money people portal) tests/web/api

test: lint
	$(RUN) pytest -n auto
	WENYE_TEST_DATABASE=postgresql $(RUN) pytest -n auto $(ON_POSTGRESQL)

serve: setup
	@test -d build/demo/service || $(VENV)/bin/wenye demo
	@$(VENV)/bin/wenye serve --home build/demo/service

verify: setup
	$(RUN) pytest -q -s verify
	WENYE_KILL_EVERY=1 WENYE_AXE=all $(RUN) pytest -q tests/services/money/test_killed.py tests/live
	WENYE_TEST_DATABASE=postgresql $(RUN) pytest -q -n auto tests/services tests/web tests/live

bench:
	@$(MAKE) -C benchmarks run

# uv resolves for every platform at once and writes neither addresses nor paths. The constraints
# pin what `make setup` installs; the lock, with hashes, what a deployment installs.
UV := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
  --fork-strategy fewest --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
  $(if $(UPGRADE),--upgrade)

lock:
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip --quiet --quiet --disable-pip-version-check install uv
	@echo 'setuptools>=77' | $(UV) pyproject.toml - --extra test --output-file constraints.txt
	@$(UV) pyproject.toml --extra platform --constraint constraints.txt --generate-hashes --output-file requirements.lock

# What a machine without a network installs: the locked packages, checked by hash, and Wenye itself.
wheelhouse: setup
	@rm -rf build/wheelhouse
	@$(PIP) download --require-hashes --only-binary :all: -r requirements.lock --dest build/wheelhouse
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir build/wheelhouse .
	@cp requirements.lock build/wheelhouse/
	@echo 'build/wheelhouse：pip install --no-index --find-links build/wheelhouse "wenye[platform]"'

clean:
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache \
	  .import_linter_cache .hypothesis
	find src tests verify benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
