# What people type. Everything lands in .venv and node_modules; nothing outside this folder is
# touched, but that `make test` may install Debian's packages where they miss and that is allowed.

.PHONY: help env dev site serve gallery test check style format types layers locks lock upgrade \
	fonts bench lighthouse soak clean

# Material prints a warning about MkDocs 2 on every run; pyproject.toml holds MkDocs below 2.
export NO_MKDOCS_2_WARNING := 1

help:
	@echo 'make site        build the whole site for reading on this machine, marked as not reviewed'
	@echo 'make serve       show it in a browser and follow changes'
	@echo 'make gallery     a demonstration of every standing, for reviewers of changes to the page'
	@echo 'make check       style, types, layers, locks'
	@echo 'make test        every test, in a real browser too'
	@echo 'make lock        bring the locks in line with pyproject.toml'
	@echo 'make upgrade     the same, with the newest versions that pyproject.toml allows'
	@echo 'make fonts       cut the fonts anew from what npm holds of them; needs npm'
	@echo 'make bench       measure how fast 1,000 articles and more are examined; ten minutes'
	@echo 'make lighthouse  measure the first visit of an article, on a site of a thousand'
	@echo 'make soak        try for an hour to break what reads untrusted files; not in CI'
	@echo 'make clean       remove everything that was made here'
	@echo 'PYTHON=...       names the Python to use (3.11 or newer)'

env:
	@tools/env.sh

dev:
	@tools/env.sh dev

site: env
	@.venv/bin/imprimatur build --preview

serve: env
	@.venv/bin/mkdocs serve

# A file's tests stay on one core, so that a site built for a file is built once.
test: dev
	@tools/testtools.sh
	.venv/bin/pytest -n auto --dist loadfile

gallery: env
	@.venv/bin/python -W ignore tools/gallery site-gallery

check: style format types layers locks

style: dev
	.venv/bin/ruff check

format: dev
	.venv/bin/ruff format --check

types: dev
	.venv/bin/mypy

layers: dev
	.venv/bin/lint-imports

locks: dev
	.venv/bin/python tools/lock.py --check

lock: dev
	.venv/bin/python tools/lock.py

upgrade: dev
	.venv/bin/python tools/lock.py --upgrade

fonts: dev
	@tools/npm.sh fonts
	.venv/bin/python tools/fonts.py

bench: dev
	@.venv/bin/python -W ignore tools/bench

lighthouse: dev
	@tools/testtools.sh
	@tools/npm.sh lighthouse
	.venv/bin/python tools/lighthouse.py

soak: dev
	@tools/testtools.sh
	.venv/bin/uv pip install --quiet --python .venv/bin/python --constraints requirements-dev.lock --group soak
	.venv/bin/python -W ignore tools/soak $(SOAK)

clean:
	rm -rf tools/npm/*/node_modules
	rm -rf .venv site site-gallery .cache .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find plugins tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
