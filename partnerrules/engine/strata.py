"""The order in which rules can be evaluated, and the cycles that must not be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partnerrules.errors import PackError
from partnerrules.packs import Library
from partnerrules.packs.places import Fault, located
from partnerrules.packs.walk import Item, Keys, conditions, walk

Reading = tuple[str, str]
"""What is read: rule or fact, and its name."""


def strata(
    reads: Mapping[Reading, set[tuple[str, str, bool]]], library: Library
) -> list[tuple[list[Reading], bool]]:
    """Return the strata, lowest first, each with whether it is recursive.

    Raises PackError where a strict reading is part of a cycle; the cycle is named as it is read,
    with the place of a rule in it.
    """
    below = {
        node: {(kind, name) for kind, name, _ in found if (kind, name) in reads}
        for node, found in reads.items()
    }
    result = []
    faults = []
    for component in _components(below):
        inside = set(component)
        recursive = len(component) > 1 or component[0] in below[component[0]]
        result.append((sorted(component), recursive))
        strict = [
            (node, (kind, name))
            for node in component
            for kind, name, is_strict in reads[node]
            if (kind, name) in inside and is_strict
        ]
        if recursive and strict:
            faults.append(_fault(_circle(below, min(strict)), library))
    if faults:
        raise PackError(located(faults))
    return result


def _circle(below: Mapping[Reading, set[Reading]], edge: tuple[Reading, Reading]) -> list[Reading]:
    """Return the shortest circle of readings through one, from its first rule on."""
    start, first = edge
    paths = [[first]]
    seen = {first}
    for path in paths:
        if path[-1] == start:
            found = path
            break
        for node in sorted(below[path[-1]] - seen):
            seen.add(node)
            paths.append([*path, node])
    at = found.index(min(found, key=lambda node: (node[0] != "rule", node)))
    return [*found[at:], *found[:at]]


def _fault(circle: list[Reading], library: Library) -> Fault:
    told = "; ".join(_told(circle, library))
    text = f"What is negated, counted or derived must be settled before it is read: {told}."
    (kind, name), after = circle[0], circle[1 % len(circle)]
    if kind == "rule":
        return Fault(
            "negation-in-cycle", library.rule_files[name], _where(library, name, after), text
        )
    pack = next(one for one in library.packs if name in one.measures)
    return Fault("negation-in-cycle", pack.place("measure", name), ("measures", name), text)


def _told(circle: list[Reading], library: Library) -> Iterator[str]:
    """Yield how each thing leads to the next, in the order in which they are read."""
    for (kind, name), (other, read) in zip(circle, [*circle[1:], circle[0]], strict=True):
        if kind == "fact" and other == "rule" and name not in library.measures:
            yield f"{read} derives {name}"
        else:
            yield f"{_named(kind, name, library)} reads {_named(other, read, library)}"


def _named(kind: str, name: str, library: Library) -> str:
    if kind == "rule":
        return name
    return f"the {'measure' if name in library.measures else 'fact'} {name}"


def _where(library: Library, rule_id: str, read: Reading) -> Keys:
    """Return the key under which a rule reads something, or that of its id."""
    rule = library.rules[rule_id]
    for keys, condition in conditions(rule):
        for item in walk(condition, keys, rule.for_each) if condition else ():
            if read in (("rule", _rule(item)), ("fact", _fact(item))):
                return item.keys
    return ("id",)


def _rule(item: Item) -> str:
    return str(item.value.get("rule")) if item.kind == "conclusion" else ""


def _fact(item: Item) -> str:
    head, _, name = item.name.partition(".")
    return f"{item.scope.get(head, head)}.{name}" if item.kind == "test" else ""


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
