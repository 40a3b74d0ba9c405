# An older Python stops at this first line of the locks, and the name is what its pip prints: there is no such package and no such hash.
NEEDED := python-3.11-or-later-is-needed==0 ; python_version < "3.11" --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000

help:  ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 12

lock:  ## Pin every dependency with its hashes in requirements.lock and requirements-dev.lock, which README.md installs from; pins that still hold are kept.
	uv pip compile pyproject.toml --group build --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -c requirements.lock -o requirements-dev.lock
	sed -i -e '1i # The Makefile says what this line is for.' -e '1i $(NEEDED)' requirements.lock requirements-dev.lock

check:  ## Check format, style, types, imports and the Dockerfile, then run the tests: what .ci/run does once it has installed everything.
	bash .ci/check

coverage:  ## Run the tests and print which lines and branches none of them reached, child processes included.
	coverage erase
	coverage run -m pytest -m "not speed"; status=$$?; coverage combine --quiet && coverage report && exit $$status

# Its own environment, as it brings a terminal interface and a parser that nothing else needs; a copy, as it writes beside what it reads.
MUTMUT := mutmut==3.8.1
MUTANTS ?= *

mutants:  ## Break monitor/mail, monitor/alerts, scraper/crawling, scraper/fetching and scraper/politeness in some 3,750 ways, in a copy, and list those that no quick test of theirs notices; it takes hours. MUTANTS='monitor.mail.*' does a part.
	test -x .mutants/bin/mutmut || { python3 -m venv .mutants && .mutants/bin/pip install -q -r requirements-dev.lock && .mutants/bin/pip install -q $(MUTMUT); }
	set -e; copy=$$(mktemp -d); git ls-files -z --cached --others --exclude-standard > "$$copy.list"; tar --null -T "$$copy.list" -cf "$$copy.tar"; \
	tar -xf "$$copy.tar" -C "$$copy"; rm "$$copy.list" "$$copy.tar"; cd "$$copy"; \
	nice "$(CURDIR)/.mutants/bin/mutmut" run --max-children 2 '$(MUTANTS)'; "$(CURDIR)/.mutants/bin/mutmut" results > results.txt; \
	grep -v 'not checked' results.txt || true; echo "cd $$copy && $(CURDIR)/.mutants/bin/mutmut show NAME shows one of them"

.PHONY: help lock check coverage mutants
