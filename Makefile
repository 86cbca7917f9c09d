# 每个命令一行说明，make 或 make help 列出全部。
# Windows 或没有 make：见 README 的 pip 做法。

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run demo schedule check fix test test-all postgres browser coverage diagram wheel clean

help: ## 列出全部命令
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 18

setup: $(VENV)/.installed-dev ## 建立开发环境（.venv），装齐开发工具

run: $(VENV)/.installed ## 启动网站（只在本机）
	$(BIN)/sanshen serve

demo: $(VENV)/.installed ## 演示：跑完江口镇2024年全年，核对年报，打开网站
	$(BIN)/sanshen demo $(ARGS)

schedule: $(VENV)/.installed ## 启动定时任务
	$(BIN)/sanshen scheduler run

check: setup ## 检查格式、写法、类型、分层
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## 自动整理格式和写法
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: setup ## 全部测试；自带 PostgreSQL，能装则装 Chromium，缺什么会写明
	sh tests/bring.sh
	$(PYTEST) $(ARGS)

test-all: check ## 检查加测试，一项都不许缺
	sh tests/bring.sh
	SANSHEN_REQUIRE_ALL=1 $(PYTEST) $(ARGS)

postgres: setup ## 只跑需要 PostgreSQL 的测试
	$(PYTEST) -m postgres $(ARGS)

browser: setup ## 只跑浏览器测试
	sh tests/bring.sh
	$(PYTEST) -m browser $(ARGS)

coverage: setup ## 测试覆盖率（htmlcov/index.html）
	sh tests/bring.sh
	$(PYTEST) --cov --cov-report=term-missing:skip-covered --cov-report=html $(ARGS)

diagram: setup ## 把审校流程图写进 ARCHITECTURE.md
	$(BIN)/python -m tests.documents

wheel: setup ## 打安装包（dist/）
	$(BIN)/python -m pip wheel --no-deps --wheel-dir dist .

clean: ## 删去生成的东西（数据 var/ 不动）
	rm -rf $(VENV) build dist htmlcov .coverage* *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo '需要带 venv 的 Python 3.11 或更高版本（Debian、Ubuntu：apt-get install python3-venv）。' >&2; exit 1; }
	@echo '正在建立 $(VENV)，第一次需要一两分钟……'
	$(PYTHON) -m venv $(VENV)

# The stamps make the second run immediate; a changed pyproject.toml installs anew.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(VENV)/.installed $@
