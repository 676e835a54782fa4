"""A rule that reads `id` reads freed memory in raw durable-rules; ours joins fields of its own."""

import json
import sys


def raw() -> list[int]:
    """Count the matches of `b.x = a.id`, with a first and with b first."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    later = {"$and": [{"t": 2}, {"x": {"a": "id"}}, {"$and": [{"$ex": {"t": 1}}]}]}
    rules = json.dumps({"r": {"all": [{"a": {"t": 1}}, {"b": later}], "cap": 10}})
    facts = [{"id": "one", "sid": "1", "t": 1}, {"id": "two", "sid": "1", "t": 2, "x": "one"}]
    found = []
    for order in (facts, facts[::-1]):
        handle = c.create_ruleset("trap", rules)
        for fact in order:
            c.assert_fact(handle, json.dumps(fact))
        found.append(int(c.start_action(handle) is not None))
    return found


def ours() -> list[int]:
    """Do the same with the id as a value of the token."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(0, (Pattern(1, (0,)), Pattern(2, (1, 0))))])
    one, two = Token(1, (1,)), Token(2, (2, 1))
    found = []
    for order in ([one, two], [two, one]):
        with engine.session() as session:
            found.append(len(session.add(order)))
    return found


if __name__ == "__main__":
    print(*{"raw": raw, "ours": ours}[sys.argv[1]]())
