"""What durable-rules makes of a ruleset, as far as its hard ends go."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

Path = tuple[str, ...]
"""The tests from the root down, each as its JSON."""


class Recorder:
    """Stands in for the C module, notes what it is asked, and passes it on where there is one."""

    def __init__(self, module: Any = None) -> None:
        self.module = module
        self.calls: list[tuple[str, int, Any]] = []
        self.rulesets: dict[int, dict[str, Any]] = {}

    def create_ruleset(self, name: str, rules: str) -> int:
        """Note the rules."""
        handle = self.module.create_ruleset(name, rules) if self.module else len(self.rulesets)
        self.rulesets[handle] = json.loads(rules)
        return handle

    def __getattr__(self, name: str) -> Any:
        def call(handle: int, *arguments: Any) -> Any:
            self.calls.append((name, handle, *arguments))
            return getattr(self.module, name)(handle, *arguments) if self.module else None

        return call


def patterns(rules: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """Return the name and the list of tests of each pattern of all rules but the sentinel."""
    found = []
    for name, rule in rules.items():
        if name != "s":
            for pattern in rule["all"]:
                [(place, tests)] = pattern.items()
                found.append((place, tests["$and"]))
    return found


def paths(rules: dict[str, Any]) -> list[Path]:
    """Return where in the tree of tests each pattern ends."""
    return [tuple(json.dumps(one) for one in _flat(tests)) for _, tests in patterns(rules)]


def _flat(tests: list[Any]) -> list[Any]:
    return [one for test in tests for one in (_flat(test["$and"]) if "$and" in test else [test])]


def most_pending(found: list[Path], marks: set[str]) -> int:
    """Return how many tests wait on the stack of durable-rules for a fact with these marks.

    A test is taken off before those below it are put on; which comes first depends on the fact, so
    it is the worst order that counts.
    """
    children: dict[Path, list[Path]] = {}
    for node in dict.fromkeys(path[:end] for path in found for end in range(1, len(path) + 1)):
        if node[0] in marks:
            children.setdefault(node[:-1], []).append(node)

    def most(node: Path) -> int:
        below = children.get(node, [])
        return max([1, *(len(below) - 1 + most(one) for one in below)])

    return most(())


def most_on_one_level(found: list[Path]) -> int:
    """Return how many different tests there are under one parent."""
    nodes = {path[:end] for path in found for end in range(1, len(path) + 1)}
    return max(Counter(node[:-1] for node in nodes).values(), default=0)


def most_on_one_test(found: list[Path]) -> int:
    """Return how many patterns end at one test."""
    return max(Counter(found).values(), default=0)
