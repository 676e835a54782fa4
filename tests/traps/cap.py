"""`cap` is cut to 16 bits by raw durable-rules, and one call returns no more; ours reads on."""

import json
import sys


def raw() -> list[int]:
    """Return how many of 30 matches one call returns with different caps."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    found = []
    for cap in (1_000, 20, 65_536 + 7):
        handle = c.create_ruleset("trap", json.dumps({"r": {"all": [{"a": {"t": 1}}], "cap": cap}}))
        for number in range(30):
            c.assert_fact(handle, json.dumps({"id": str(number), "sid": "1", "t": 1}))
        found.append(len(json.loads(c.start_action(handle)[1])["r"]))
    return found


def ours() -> list[int]:
    """Count 70,000 matches."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(0, (Pattern(0, (0,)), Pattern(1, (1,))))])
    tokens = [Token(0, (n,)) for n in range(700)] + [Token(1, (n,)) for n in range(100)]
    with engine.session() as session:
        return [len(set(session.add(tokens)))]


if __name__ == "__main__":
    print(*{"raw": raw, "ours": ours}[sys.argv[1]]())
