"""Taking a fact back after its rule has fired is a crash in raw durable-rules; ours never does it.

A completed match stays in the list of its facts and counts as being dispatched. Taking back its
facts one after the other empties it, and then a loop for the messages left in it runs off the end.
"""

import json
import random
import sys
from itertools import product

FACTS = [
    [(rng.randrange(2), rng.randrange(2)) for _ in range(rng.randint(2, 9))]
    for rng in map(random.Random, range(400))
]
"""The kind and value of each fact of each case."""


def raw() -> str:
    """Assert, fire and retract, over and over, with five patterns in a chain."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    guard = {"$and": [{"$ex": {"t": 1}}]}
    chain = [
        {f"m{n}": {"$and": [{"t": n % 2}, {"x": {f"m{n - 1}": "x"}}, guard]}} for n in range(1, 5)
    ]
    rules = {"r": {"all": [{"m0": {"t": 0}}, *chain], "cap": 1000}}
    for start in range(0, len(FACTS), 4):
        handle = c.create_ruleset("trap", json.dumps(rules))
        for case in FACTS[start : start + 4]:
            facts = [
                json.dumps({"id": str(number), "sid": "1", "t": kind, "x": value})
                for number, (kind, value) in enumerate(case)
            ]
            for fact in facts:
                c.assert_fact(handle, fact)
            while action := c.start_action(handle):
                while c.complete_and_start_action(handle, action[2]):
                    pass
            for fact in facts:
                c.retract_fact(handle, fact)
    return "alive"


def ours() -> str:
    """Give the same facts as tokens, each set in a case of its own."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Match, Pattern, Token

    engine = DurableEngine([Job(0, tuple(Pattern(n % 2, (0,)) for n in range(5)))])
    wrong = 0
    for case in FACTS:
        with engine.session() as session:
            found = session.add([Token(kind, (value,)) for kind, value in case])
        kinds = [[n for n, fact in enumerate(case) if fact[0] == kind] for kind in (0, 1)]
        ways = product(*(kinds[n % 2] for n in range(5)))
        right = [Match(0, way) for way in ways if len({case[n][1] for n in way}) == 1]
        wrong += sorted(found) != sorted(right)
    return f"{wrong} of {len(FACTS)} wrong"


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
