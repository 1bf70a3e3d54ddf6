# Two commands matter: `make demo` and `make test`. Everything is installed under .tools/, nothing outside the clone
# except, when missing and only as root, Debian packages: python3-venv, and for the tests chromium with fonts-liberation
# and libatomic1.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
AREA ?= Barnet
PORT ?= 8000

export PYTHON PORT
BIN := .tools/venv/bin

.PHONY: help demo test check fix bench spark lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    run Trefoil on this machine with a real authority's published figures (AREA=Barnet)"
	@echo "make test    every test, browser journeys included, with coverage"
	@echo "make check   lint, format, types, import contracts, migrations, system checks"
	@echo "make fix     put right what the linter and the formatter can"
	@echo "make bench   measure speed and print it"
	@echo "make spark   add the optional extra that works indicators out on an Apache Spark cluster (needs Java 17)"
	@echo "make lock    choose new versions of the required packages and pin them"
	@echo "make clean   remove what make installed and the demo's database"

demo: .tools/base.stamp
	@bash scripts/demo.sh "$(AREA)"

test: .tools/dev.stamp
	@bash scripts/test.sh

check: .tools/dev.stamp
	@bash scripts/check.sh

fix: .tools/dev.stamp
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

bench: .tools/dev.stamp
	@$(BIN)/python -m bench

spark: .tools/spark.stamp

lock: .tools/installer.stamp
	@bash scripts/lock.sh

clean:
	rm -rf .tools var build *.egg-info

.tools/installer.stamp: requirements/installer.txt scripts/install_installer.sh
	@bash scripts/install_installer.sh
	@touch $@

# Both levels share one folder; `dev` holds everything in `base`, so a demo after a test installs nothing.
.tools/base.stamp: .tools/installer.stamp requirements/base.txt pyproject.toml scripts/install_packages.sh
	@bash scripts/install_packages.sh base
	@touch $@

.tools/dev.stamp: .tools/installer.stamp requirements/dev.txt pyproject.toml scripts/install_packages.sh
	@bash scripts/install_packages.sh dev
	@touch .tools/base.stamp $@

.tools/spark.stamp: .tools/dev.stamp requirements/spark.txt
	@bash scripts/install_packages.sh spark
	@touch $@
