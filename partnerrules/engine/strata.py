"""The order in which rules can be evaluated, and the cycles that must not be."""

from __future__ import annotations

from collections.abc import Mapping

from partnerrules.errors import PackError, Problem

Reading = tuple[str, str]
"""What is read: rule or fact, and its name."""


def strata(
    reads: Mapping[Reading, set[tuple[str, str, bool]]],
) -> list[tuple[list[Reading], bool]]:
    """Return the strata, lowest first, each with whether it is recursive.

    Raises PackError where a strict reading is part of a cycle; the cycle is named.
    """
    below = {
        node: {(kind, name) for kind, name, _ in found if (kind, name) in reads}
        for node, found in reads.items()
    }
    result = []
    problems = []
    for component in _components(below):
        inside = set(component)
        recursive = len(component) > 1 or component[0] in below[component[0]]
        result.append((sorted(component), recursive))
        strict = any(
            (kind, name) in inside and is_strict
            for node in component
            for kind, name, is_strict in reads[node]
        )
        if recursive and strict:
            names = " -> ".join(name for _, name in [*sorted(component), min(component)])
            text = f"These rules read each other through a negation or a count: {names}."
            problems.append(Problem("cycle", text))
    if problems:
        raise PackError(problems)
    return result


def _components(below: Mapping[Reading, set[Reading]]) -> list[list[Reading]]:
    """Return the strongly connected components, those that are read first (Tarjan 1972)."""
    index: dict[Reading, int] = {}
    low: dict[Reading, int] = {}
    stack: list[Reading] = []
    result: list[list[Reading]] = []
    for root in sorted(below):
        if root in index:
            continue
        work = [(root, iter(sorted(below[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            node, rest = work[-1]
            step = next((n for n in rest if n not in index or n in stack), None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    cut = stack.index(node)
                    result.append(stack[cut:])
                    del stack[cut:]
            elif step not in index:
                index[step] = low[step] = len(index)
                stack.append(step)
                work.append((step, iter(sorted(below[step]))))
            else:
                low[node] = min(low[node], index[step])
    return result
