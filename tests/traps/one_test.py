"""More than 255 patterns on one test overrun memory in raw durable-rules: a crash, or error 108."""

import json
import sys


def raw() -> str:
    """Make a ruleset with as many patterns on one test as is asked for, and assert a fact."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    size = int(sys.argv[2])
    rules = {f"r{n}": {"all": [{"a": {"t": 1}}], "cap": 10} for n in range(size)}
    try:
        handle = c.create_ruleset("trap", json.dumps(rules))
        c.assert_fact(handle, json.dumps({"id": "1", "sid": "1", "t": 1}))
    except Exception as error:
        return str(error)
    return str(int(c.start_action(handle) is not None))


def ours() -> str:
    """Match 600 jobs that all look for one kind."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(n, (Pattern(0, (0,)), Pattern(n, (1,)))) for n in range(1, 601)])
    with engine.session() as session:
        return str(len(session.add([Token(kind, (kind,)) for kind in range(601)])))


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
