"""A conjunction whose last join is false reads foreign memory in raw durable-rules.

It looks for the end of the list after it has passed it. Ours has a second end behind every list of
joins; and it joins by equality alone, so that `y < y` is decided on the match, outside.
"""

import json
import sys


def raw() -> str:
    """Assert facts of which the first join is true and the last one false, in rulesets of any size.

    What lies behind the list depends on the heap; with many sizes one of them ends in the void.
    """
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    later = {"$and": [{"t": 2}, {"x": {"a": "x"}}, {"$lt": {"y": {"a": "y"}}}]}
    for size in range(1, 100):
        rules = {f"r{n}": {"all": [{"a": {"t": 1}}, {"b": later}], "cap": 10} for n in range(size)}
        handle = c.create_ruleset("trap", json.dumps(rules))
        for number in range(4):
            fact = {"id": str(number), "sid": "1", "t": 1 + number % 2, "x": 1, "y": number}
            c.assert_fact(handle, json.dumps(fact))
    return "alive"


def ours() -> str:
    """Join the same on x, and compare y on the matches."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(0, (Pattern(0, (0,)), Pattern(1, (0,))))])
    with engine.session() as session:
        found = session.add([Token(number % 2, (1,)) for number in range(200)])
    smaller = [way for _, way in found if way[1] < way[0]]
    return f"{len(smaller)} of {len(found)}, {100 * 99 // 2} expected"


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
