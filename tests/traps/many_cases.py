"""With a state for each case raw durable-rules ends after 1,024; ours deletes the state."""

import json
import sys


def raw() -> str:
    """Assert a fact in one state after the other, and say in which it ended."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    handle = c.create_ruleset("trap", json.dumps({"r": {"all": [{"a": {"t": 1}}], "cap": 10}}))
    for number in range(1, 1100):
        try:
            c.assert_fact(handle, json.dumps({"id": "1", "sid": str(number), "t": 1}))
        except MemoryError:
            return f"out of memory in {number}"
    return "no error"


def ours() -> str:
    """Evaluate 3,000 cases."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(0, (Pattern(0, (0,)), Pattern(1, (0,))))])
    matches = 0
    for number in range(3000):
        with engine.session() as session:
            matches += len(session.add([Token(0, (number,)), Token(1, (number,))]))
    return str(matches)


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
