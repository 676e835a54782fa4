"""The published JSON Schema of the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that every JSON report follows; a fresh copy each time."""
    # By path and not by importlib.resources: this also holds in an editable install.
    text = Path(__file__).with_name("report.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
