"""The hash chain: how one row is sealed to the row before it. Pure arithmetic, so that it can be checked elsewhere."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

BEGINNING = "0" * 64


def seal(
    *,
    sequence: int,
    at: datetime,
    event: str,
    actor: int | None,
    actor_name: str,
    partnership: str,
    subject: str,
    detail: dict[str, Any],
    reason: str,
    previous_hash: str,
) -> str:
    """SHA-256 (64 hex digits) over everything the row says and the hash of the row before it."""
    said = [
        sequence,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        event,
        actor,
        actor_name,
        partnership,
        subject,
        detail,
        reason,
        previous_hash,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
