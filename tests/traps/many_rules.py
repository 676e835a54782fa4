"""A ruleset of more than 4,096 rules is an error in raw durable-rules; ours shares jobs out."""

import json
import sys


def raw() -> str:
    """Make a ruleset of 4,097 rules, no two patterns on one test."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    tests = [{"$and": [{"t": n // 100}, {"u": n % 100}]} for n in range(4097)]
    rules = {f"r{n}": {"all": [{"a": test}], "cap": 10} for n, test in enumerate(tests)}
    try:
        c.create_ruleset("trap", json.dumps(rules))
    except Exception as error:
        return str(error)
    return "no error"


def ours() -> str:
    """Match 4,200 jobs."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    jobs = [Job(n, (Pattern(n % 65, (0,)), Pattern(65 + n // 65, (0,)))) for n in range(4200)]
    engine = DurableEngine(jobs)
    with engine.session() as session:
        return str(len(session.add([Token(kind, (1,)) for kind in range(130)])))


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
