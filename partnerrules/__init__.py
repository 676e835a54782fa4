"""A partnership health checker: case files, rule packs, findings."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "CaseError": "partnerrules.errors",
    "Checker": "partnerrules.checking",
    "DocumentError": "partnerrules.errors",
    "EvaluationError": "partnerrules.errors",
    "PackError": "partnerrules.errors",
    "PartnerRulesError": "partnerrules.errors",
    "check": "partnerrules.checking",
    "load_case": "partnerrules.cases",
    "load_pack": "partnerrules.packs",
    "render": "partnerrules.report",
}

__all__ = [
    "CaseError",
    "Checker",
    "DocumentError",
    "EvaluationError",
    "PackError",
    "PartnerRulesError",
    "check",
    "load_case",
    "load_pack",
    "render",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that a command loads only what it needs."""
    if name not in _HOMES:
        raise AttributeError(f"module 'partnerrules' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
