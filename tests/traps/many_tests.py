"""With 512 different tests on one level raw durable-rules hangs; ours shares jobs out."""

import json
import sys


def raw() -> str:
    """Make a ruleset with as many tests of one field as is asked for."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    size = int(sys.argv[2])
    rules = {f"r{n}": {"all": [{"a": {"t": n}}], "cap": 10} for n in range(size)}
    handle = c.create_ruleset("trap", json.dumps(rules))
    c.assert_fact(handle, json.dumps({"id": "1", "sid": "1", "t": size - 1}))
    return str(int(c.start_action(handle) is not None))


def ours() -> str:
    """Match jobs with 1,200 different kinds."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    jobs = [Job(n, (Pattern(2 * n, (0,)), Pattern(2 * n + 1, (0,)))) for n in range(600)]
    engine = DurableEngine(jobs)
    with engine.session() as session:
        return str(len(session.add([Token(kind, (1,)) for kind in range(1200)])))


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
