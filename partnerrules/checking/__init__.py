"""The check: from a case to a report."""

from partnerrules.checking.checker import Checker, check

__all__ = ["Checker", "check"]
