"""What kinds of files are ours, and which of them a document says that it is."""

from __future__ import annotations

import codecs
import json
import re

from partnerrules.documents.bounds import MAX_BYTES
from partnerrules.documents.texts import Text

CASE = "case"
SCHEMAS = {
    kind: f"partnerrules.{kind}/1"
    for kind in ("attestations", "baseline", CASE, "journal", "pack", "report", "waivers")
}
"""All that a file of ours may say behind `schema:`, by its kind."""

OURS = "partnerrules."
_IN_JSON = re.compile(rb'"schema"\s*:\s*"(partnerrules\.[^"\\]+)"')
"""Quotes inside of a text are escaped, so this is a key, at whatever depth."""


def kind_said(text: Text) -> str:
    """Return the kind that the key `schema` at the top of a document says; empty for none of ours.

    One that says it is ours and is of no kind that there is was meant to be a case.
    """
    data = text.data.removeprefix(codecs.BOM_UTF8)
    schema = _in_json(data) if text.format == "json" else _in_yaml(data)
    if not schema.startswith(OURS):
        return ""
    kind = schema.removeprefix(OURS).partition("/")[0]
    return kind if kind in SCHEMAS else CASE


def _in_json(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        # No case is as large; a report may be, and would take long to read.
        found = _IN_JSON.search(data)
        return found[1].decode(errors="replace") if found else ""
    if b"schema" not in data and b"\\u" not in data:
        return ""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    schema = value.get("schema") if isinstance(value, dict) else None
    return schema if isinstance(schema, str) else ""


def _in_yaml(data: bytes) -> str:
    """Return the same for YAML, without reading more of it than needed.

    A line that looks like the key may stand inside of a quoted text, so lines say nothing.
    """
    import yaml

    from partnerrules.documents.yaml_loader import LOADER

    depth, key, is_key = 0, "", True
    try:
        for event in yaml.parse(data.decode(), Loader=LOADER):
            if isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 1 and isinstance(event, yaml.NodeEvent):
                scalar = event.value if isinstance(event, yaml.ScalarEvent) else ""
                if not is_key and key == "schema":
                    return scalar
                key, is_key = scalar, not is_key
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                    return ""
    except (yaml.YAMLError, ValueError, OverflowError):
        pass
    return ""
