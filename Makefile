# Two commands: `make lab` opens the course, `make test` proves it. Both do all the set-up.
# Work in hand: `make test-quick`: no notebook, browser, server or panel, no test of thousands of inputs.
# Another Python:      make lab PYTHON=python3.12
# Words passed on:     make lab ARGS="--port 9999"      make test ARGS="-k data"
# Without make (Windows):  py bootstrap.py lab

PYTHON ?= python3
ARGS ?=

.PHONY: help lab test test-quick bench notebooks site lite slides print questions teacher graded kit describe before-class clean lock python

help:
	@echo "make lab         set up and open the course in JupyterLab"
	@echo "make test        set up, find a browser or get one, and run all tests"
	@echo "make test-quick  set up and run what takes four minutes, a subject less: no notebook, browser, panel or server"
	@echo "make bench       measure speed and size"
	@echo "make notebooks   rebuild the notebooks from their sources"
	@echo "make site        write the open book, a static site that answers without a kernel (folder site)"
	@echo "make slides      write slides of every notebook (folder slides; PDF too where Chromium is)"
	@echo "make print       write handouts of every notebook (folder handouts; PDF too where Chromium is)"
	@echo "make teacher     write the instructor's book: lesson plans, answers, marking guides (folder teacher)"
	@echo "make questions   write the question bank, for learning platforms and to read (folder questions)"
	@echo "make graded      write graded assignments with hidden checks, or grade a folder (folder graded)"
	@echo "make kit         write the course as one archive, for machines without a network (folder kit)"
	@echo "make lite        write the browser edition: every panel live, no server (folder lite)"
	@echo "make describe    describe the tables anew, after a change of one (data/datapackage.json)"
	@echo "make before-class  print what may have changed since the record was written"
	@echo "make lock        compile the pins of pyproject.toml into the lock files"
	@echo "make clean       remove .venv and the caches"

lab test test-quick bench notebooks site lite slides print questions teacher graded kit describe before-class clean: python
	@"$(PYTHON)" bootstrap.py $@ $(ARGS)

python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "No $(PYTHON) on this machine. The course needs Python 3.11 or newer:"; \
	  echo "  Debian, Ubuntu:  sudo apt install python3 python3-venv"; \
	  echo "  macOS:           brew install python@3.12, or the installer from python.org"; \
	  echo "or name one you have:  make lab PYTHON=/path/to/python3.12"; exit 1; }

# For maintainers, with uv (pip install uv). Pins that still fit are kept;
# ARGS=--upgrade takes the newest, ARGS="--upgrade-package altair" one of them.
# --universal: one lock for Linux, macOS and Windows and for every Python from 3.11;
# no index line and no address goes into it (a test holds that). Raise the versions in
# environment.yml in the same change (a test holds that too).
COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
  --no-emit-index-url --no-emit-find-links --quiet $(ARGS) pyproject.toml

lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra test --constraint requirements.lock --output-file requirements-test.lock
