"""Strings are compared wrongly by raw durable-rules; ours gives it small numbers for them.

Prints for four questions whether they are answered with yes; the right answers are no, yes, no, no.
"""

import json
import sys
from typing import Any

LONG = 65_536


def raw() -> list[bool]:
    """Ask: is x * 65536 = y * 65536, is a < a!, is '5' = 5, is 'true' = true?"""
    from partnerrules.engine.durable import durable_module

    c = durable_module()

    def holds(test: Any, *values: Any) -> bool:
        patterns = [
            {"a": {"t": 0}},
            {"b": {"$and": [{"t": 1}, test, {"$and": [{"$ex": {"t": 1}}]}]}},
        ]
        chosen = [{"a": test}] if len(values) == 1 else patterns
        handle = c.create_ruleset("trap", json.dumps({"r": {"all": chosen, "cap": 10}}))
        for number, value in enumerate(values):
            fact = {"id": str(number), "sid": "1", "t": number, "x": value}
            c.assert_fact(handle, json.dumps(fact))
        return c.start_action(handle) is not None

    same = {"x": {"a": "x"}}
    return [
        holds({"x": "x" * LONG}, "y" * LONG),
        holds({"$lt": {"x": {"a": "x"}}}, "a!", "a"),
        holds(same, 5, "5"),
        holds(same, True, "true"),
    ]


def ours() -> list[bool]:
    """Join by a number for each different value; what is not an equality never gets there."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(0, (Pattern(0, (0,)), Pattern(1, (0,))))])
    numbers: dict[Any, int] = {}

    def joins(*values: Any) -> bool:
        keys = [numbers.setdefault((type(value), value), len(numbers)) for value in values]
        with engine.session() as session:
            return bool(session.add([Token(kind, (key,)) for kind, key in enumerate(keys)]))

    return [joins("x" * LONG, "y" * LONG), "a" < "a!", joins(5, "5"), joins(True, "true")]


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
