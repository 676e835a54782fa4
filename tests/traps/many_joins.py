"""A pattern of 28 joins is error 113 in raw durable-rules; ours leaves it to the Python engine."""

import json
import sys

SIZES = (27, 28)


def raw() -> list[str]:
    """Match two facts that are equal in 27 and in 28 fields."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()
    found = []
    for size in SIZES:
        joins = [{f"x{n}": {"a": f"x{n}"}} for n in range(size)]
        later = {"$and": [{"t": 2}, *joins, {"$and": [{"$ex": {"t": 1}}]}]}
        rules = {"r": {"all": [{"a": {"t": 1}}, {"b": later}], "cap": 10}}
        try:
            handle = c.create_ruleset("trap", json.dumps(rules))
            for kind in (1, 2):
                fact = {"id": str(kind), "sid": "1", "t": kind}
                c.assert_fact(handle, json.dumps(fact | {f"x{n}": n for n in range(size)}))
            found.append(str(int(c.start_action(handle) is not None)))
        except Exception as error:
            found.append(str(error).rpartition(" ")[2])
    return found


def ours() -> list[str]:
    """Match the same with the engine that takes them; and another that differs in the last."""
    from partnerrules.engine.durable import DurableEngine, TooLarge
    from partnerrules.engine.matching import Job, Pattern, Token
    from partnerrules.engine.python import PythonEngine

    found = []
    for size in SIZES:
        slots = tuple(range(size))
        jobs = [Job(0, (Pattern(1, slots), Pattern(2, slots)))]
        try:
            engine: DurableEngine | PythonEngine = DurableEngine(jobs)
        except TooLarge:
            engine = PythonEngine(jobs)
        with engine.session() as session:
            other = Token(2, (*slots[:-1], 99))
            matches = session.add([Token(1, slots), Token(2, slots), other])
        found.append(f"{engine.name}:{len(matches)}")
    return found


if __name__ == "__main__":
    print(*{"raw": raw, "ours": ours}[sys.argv[1]]())
