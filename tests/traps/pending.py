"""Many joins that wait for one fact are error 303 in raw durable-rules; ours shares jobs out."""

import json
import sys


def raw() -> str:
    """Assert one fact that 70 rules of one handle wait for."""
    import durable_rules_engine as c

    rules = {
        f"r{n}": {"all": [{"a": {"t": 1}}, {"b": {"$and": [{"u": n}, {"t": 2}]}}]} for n in range(2)
    }
    rules |= {f"s{n}": {"all": [{"a": {"$and": [{"$lt": {"v": 100 + n}}]}}]} for n in range(70)}
    handle = c.create_ruleset("trap", json.dumps(rules))
    try:
        c.assert_fact(handle, json.dumps({"id": "1", "sid": "1", "t": 1, "v": 1}))
    except Exception as error:
        return str(error)
    return "no error"


def ours() -> str:
    """Give one token to 200 jobs that all wait for it."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    jobs = [Job(n, (Pattern(0, (0, 1)), Pattern(n + 1, (0, 1)))) for n in range(200)]
    engine = DurableEngine(jobs)
    tokens = [Token(0, (1, 2)), *(Token(n + 1, (1, 2)) for n in range(200))]
    with engine.session() as session:
        return str(len(session.add(tokens)))


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
