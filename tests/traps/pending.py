"""Many joins that wait for one fact are error 303 in raw durable-rules; ours shares jobs out."""

import json
import sys

RULES = 70


def raw() -> str:
    """Assert one fact that the joins of 70 rules of one handle wait for."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    rules = {
        f"r{n}": {
            "all": [{f"a{n}": {"t": n + 2}}, {"b": {"$and": [{"t": 1}, {"x": {f"a{n}": "x"}}]}}]
        }
        for n in range(RULES)
    }
    handle = c.create_ruleset("trap", json.dumps(rules))
    try:
        c.assert_fact(handle, json.dumps({"id": "1", "sid": "1", "t": 1, "x": 1}))
    except Exception as error:
        return str(error)
    return "no error"


def ours() -> str:
    """Give one token that 70 jobs wait for, and one for each."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(n, (Pattern(n + 2, (0,)), Pattern(1, (0,)))) for n in range(RULES)])
    with engine.session() as session:
        found = session.add([Token(1, (1,)), *(Token(n + 2, (1,)) for n in range(RULES))])
    return str(len(found))


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
