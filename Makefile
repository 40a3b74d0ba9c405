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
	coverage run -m pytest -m "not speed"
	coverage combine --quiet
	coverage report

.PHONY: help lock check coverage
