# Pins every dependency, with hashes. The install commands of README.md use these two files.
lock:
	uv pip compile pyproject.toml --group build --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -c requirements.lock -o requirements-dev.lock

check:
	ruff format --check .
	ruff check .
	mypy
	lint-imports
	pytest

.PHONY: lock check
