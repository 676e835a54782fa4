"""Some numbers are refused, confounded or not joined by raw durable-rules; ours are small.

Only the numbers that stand for ids get into the engine: whole, from 0, every token with all of its
values. Here the values of the raw rules get such numbers, equal ones for equal values.
"""

import json
import sys
from typing import Any

PAIRS: list[list[Any]] = [[1e-9, 1e-9], [5, 5.0], [2**63 + 5, 2**63 + 7], [None, 5]]
"""Pairs to be joined by equality; the right answers are yes, yes, no, no."""


def raw() -> list[str]:
    """Join the pairs; then compare with null and with a field that is not there, by `<`."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()

    def answer(test: Any, *facts: dict[str, Any]) -> str:
        later = {"$and": [{"t": 1}, test, {"$and": [{"$ex": {"t": 1}}]}]}
        rules = {"r": {"all": [{"a": {"t": 0}}, {"b": later}], "cap": 10}}
        handle = c.create_ruleset("trap", json.dumps(rules))
        try:
            for number, fact in enumerate(facts):
                c.assert_fact(
                    handle, json.dumps({"id": str(number), "sid": "1", "t": number, **fact})
                )
        except Exception as error:
            return str(error).rpartition(" ")[2]
        return "yes" if c.start_action(handle) else "no"

    less = {"$lt": {"x": {"a": "x"}}}
    found = [answer({"x": {"a": "x"}}, {"x": first}, {"x": second}) for first, second in PAIRS]
    return [*found, answer(less, {"x": 5}, {"x": None}), answer(less, {}, {"x": 5})]


def ours() -> list[str]:
    """Join the pairs by a number for each different value; there is no null and no `<`."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(0, (Pattern(0, (0,)), Pattern(1, (0,))))])
    numbers: dict[Any, int] = {}
    found = []
    for pair in PAIRS:
        keys = [numbers.setdefault(value, len(numbers)) for value in pair]
        with engine.session() as session:
            matches = session.add([Token(kind, (key,)) for kind, key in enumerate(keys)])
        found.append("yes" if matches else "no")
    return found


if __name__ == "__main__":
    print(*{"raw": raw, "ours": ours}[sys.argv[1]]())
