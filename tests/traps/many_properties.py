"""A fact of more than 252 properties is an error in raw durable-rules; ours stay far below.

A token that many jobs look for would be one fact with a field for each kind; jobs that look for
more kinds than a handle takes are in several handles.
"""

import json
import sys


def raw() -> list[str]:
    """Assert facts with more and more properties."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    handle = c.create_ruleset("trap", json.dumps({"r": {"all": [{"a": {"t": 1}}], "cap": 10}}))
    found = []
    for size in (252, 260):
        fact = {"id": str(size), "sid": "1", "t": 1} | {f"x{n}": n for n in range(size - 3)}
        try:
            found.append(str(c.assert_fact(handle, json.dumps(fact))[0]))
        except Exception as error:
            found.append(str(error).rpartition(" ")[2])
    return found


def ours() -> list[str]:
    """Give 400 tokens with equal values, which would be one fact with 400 marks."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(n, (Pattern(0, (0,)), Pattern(n, (0,)))) for n in range(1, 401)])
    with engine.session() as session:
        return [str(len(session.add([Token(kind, (1,)) for kind in range(401)])))]


if __name__ == "__main__":
    print(*{"raw": raw, "ours": ours}[sys.argv[1]]())
