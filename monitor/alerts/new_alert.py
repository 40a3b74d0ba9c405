"""The value that each step of `raise_alerts` yields."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class NewAlert:
    """Something worth telling. `key` says what it is about so exactly that the same thing can only be told once."""

    kind: str
    key: str
    urn: str | None = None
    report_id: int | None = None
    article_url: str | None = None
    source: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
