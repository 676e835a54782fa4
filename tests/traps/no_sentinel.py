"""Deleting a state in which no action ran frees garbage in raw durable-rules; ours fires first."""

import json
import sys


def raw() -> None:
    """Delete a state that saw a fact and no action."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()

    rules = {"r": {"all": [{"a": {"t": 1}}, {"b": {"t": 2}}], "cap": 10}}
    handle = c.create_ruleset("trap", json.dumps(rules))
    c.assert_fact(handle, json.dumps({"id": "1", "sid": "1", "t": 1}))
    c.delete_state(handle, "1")


def ours() -> None:
    """Do the same: one token, no match, a session that ends."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(0, (Pattern(0, (0,)), Pattern(1, (0,))))])
    for _ in range(50):
        with engine.session() as session:
            session.add([Token(0, (1,))])
    engine.close()


if __name__ == "__main__":
    {"raw": raw, "ours": ours}[sys.argv[1]]()
    print("alive")
