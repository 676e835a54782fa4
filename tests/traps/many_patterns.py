"""A rule of 17 patterns is error 307 in raw durable-rules; ours leaves it to the Python engine."""

import json
import sys

SIZES = (15, 16, 17)


def raw() -> list[str]:
    """Match rules of 15, 16 and 17 patterns, with one fact for each pattern."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    found = []
    for size in SIZES:
        patterns = [{f"m{n}": {"t": n}} for n in range(size)]
        handle = c.create_ruleset("trap", json.dumps({"r": {"all": patterns, "cap": 10}}))
        try:
            for n in range(size):
                c.assert_fact(handle, json.dumps({"id": str(n), "sid": "1", "t": n}))
            found.append(str(int(c.start_action(handle) is not None)))
        except Exception as error:
            found.append(str(error).rpartition(" ")[2])
    return found


def ours() -> list[str]:
    """Match the same with the engine that takes them."""
    from partnerrules.engine.durable import DurableEngine, TooLarge
    from partnerrules.engine.matching import Job, Pattern, Token
    from partnerrules.engine.python import PythonEngine

    found = []
    for size in SIZES:
        jobs = [Job(0, tuple(Pattern(n, (0,)) for n in range(size)))]
        try:
            engine: DurableEngine | PythonEngine = DurableEngine(jobs)
        except TooLarge:
            engine = PythonEngine(jobs)
        with engine.session() as session:
            matches = session.add([Token(n, (1,)) for n in range(size)])
        found.append(f"{engine.name}:{len(matches)}")
    return found


if __name__ == "__main__":
    print(*{"raw": raw, "ours": ours}[sys.argv[1]]())
