# 工匠人才推选培育平台 · gongjiang
#   make run              set up what is needed, then serve with sample data on 127.0.0.1:8000 (PORT=, GONGJIANG_HOME=)
#   make test             everything: checks, the suite on SQLite and PostgreSQL, the browser tests
#   make soak             long tests that `make test` leaves to this command
#   make check            lint, types, the rules of the house
#   make setup            only install into .venv
#   make system-packages  the Debian packages that tests need (as root; otherwise says what is missing)
#   make lock             write requirements/*.txt anew from pyproject.toml (UPGRADE=1 lifts versions)
#   make bench            all benchmarks
#   make screenshots      pictures of the main pages into docs/screenshots/
.DEFAULT_GOAL := help
.PHONY: help run setup test soak check system-packages lock bench screenshots
MAKEFLAGS += --no-print-directory

help:
	@sed -n 's/^#  //p' Makefile

run:
	@scripts/setup.sh app
	@exec scripts/serve.sh

setup:
	@scripts/setup.sh dev

test: setup
	@exec .venv/bin/python scripts/test.py

soak: setup
	@exec .venv/bin/python scripts/test.py soak

check: setup
	@exec .venv/bin/python scripts/test.py check

system-packages:
	@exec scripts/system_packages.sh

lock:
	@scripts/lock.sh

bench: setup
	@for file in benchmarks/[a-z]*.py; do [ ! -e "$$file" ] || .venv/bin/python "$$file" || exit; done

screenshots: setup
	@exec .venv/bin/python scripts/screenshots.py
