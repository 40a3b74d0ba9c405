# An older Python stops at this first line of the locks, and the name is what its pip prints: there is no such package and no such hash.
NEEDED := python-3.11-or-later-is-needed==0 ; python_version < "3.11" --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000

# Pins every dependency, with hashes, and keeps the pins that still hold. The install commands of README.md use these two files.
lock:
	uv pip compile pyproject.toml --group build --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -c requirements.lock -o requirements-dev.lock
	sed -i -e '1i # The Makefile says what this line is for.' -e '1i $(NEEDED)' requirements.lock requirements-dev.lock

check:
	ruff format --check .
	ruff check .
	mypy
	lint-imports
	hadolint Dockerfile
	pytest

.PHONY: lock check
