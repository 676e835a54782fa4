"""A ruleset for each case is memory never freed in raw durable-rules; ours keeps one for all.

Prints how many KB the process grew by with each case.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

CASES = 300


def growth(case: Callable[[], object]) -> int:
    """Return the KB by which the process grows with each call, after some to warm up."""
    for _ in range(50):
        case()
    before = held()
    for _ in range(CASES):
        case()
    return (held() - before) // CASES


def held() -> int:
    """Return the KB that the process holds; its peak may be that of who started it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


def raw() -> int:
    """Make a ruleset, assert, fire, and delete the ruleset."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    patterns = [{"a": {"t": 1}}, {"b": {"$and": [{"t": 2}, {"x": {"a": "x"}}]}}]
    rules = json.dumps({f"r{n}": {"all": patterns, "cap": 10} for n in range(10)})

    def case() -> None:
        handle = c.create_ruleset("trap", rules)
        for kind in (1, 2):
            fact = {"id": str(kind), "sid": "1", "t": kind, "x": 1}
            c.assert_fact(handle, json.dumps(fact))
        action = c.start_action(handle)
        while c.complete_and_start_action(handle, action[2]):
            pass
        c.delete_ruleset(handle)

    return growth(case)


def ours() -> int:
    """Do the same in cases of one engine, and in one that is closed in mid-case."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    # Jobs that ask the same would share one rule.
    jobs = [Job(n, (Pattern(0, (0,)), Pattern(1, (0,)), Pattern(2 + n, ()))) for n in range(10)]
    tokens = [Token(0, (1,)), Token(1, (1,)), *(Token(2 + n, ()) for n in range(10))]
    engine = DurableEngine(jobs)

    def case() -> None:
        with engine.session() as session:
            assert len(session.add(tokens)) == 10

    return growth(case)


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
