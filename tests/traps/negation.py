"""A negation that comes true too late is overlooked by raw durable-rules; ours has none.

The rule: a and b, and no c that is equal to a. All three are there.
"""

import json
import sys


def raw() -> str:
    """Return how many matches there are of a rule with a negation that rules all of them out."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    absent = {"c$not": {"$and": [{"t": 3}, {"x": {"a": "x"}}, {"$and": [{"$ex": {"t": 1}}]}]}}
    rules = {"r": {"all": [{"a": {"t": 1}}, {"b": {"t": 2}}, absent], "cap": 10}}
    handle = c.create_ruleset("trap", json.dumps(rules))
    for kind in (1, 2, 3):
        c.assert_fact(handle, json.dumps({"id": str(kind), "sid": "1", "t": kind, "x": 1}))
    action = c.start_action(handle)
    return str(len(json.loads(action[1])["r"]) if action else 0)


def ours() -> str:
    """Match the rule without its negation and with it as a positive pattern: the difference."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    body = (Pattern(1, (0,)), Pattern(2, (1,)))
    engine = DurableEngine([Job(0, body), Job(1, (*body, Pattern(3, (0,))))])
    with engine.session() as session:
        found = session.add([Token(kind, (1,)) for kind in (1, 2, 3)])
    ruled_out = {way[:2] for job, way in found if job == 1}
    return str(len({way for job, way in found if job == 0} - ruled_out))


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
