"""Two ids with one hash: raw durable-rules drops the second fact; our ids never collide."""

import json
import sys


def fnv(text: str) -> int:
    """The 32-bit FNV-1a by which durable-rules tells facts apart."""
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def colliding() -> tuple[str, str]:
    """Find two ids with one hash; a birthday search of some hundred thousand."""
    seen: dict[int, str] = {}
    for number in range(2_000_000):
        text = f"partner-{number:x}"
        other = seen.setdefault(fnv(text), text)
        if other != text:
            return other, text
    raise SystemExit("no collision found")


def raw() -> int:
    """Return how many of two facts raw durable-rules keeps."""
    from partnerrules.engine.durable import durable_module

    c = durable_module()

    handle = c.create_ruleset("trap", json.dumps({"r": {"all": [{"m": {"t": 1}}], "cap": 10}}))
    codes = [
        c.assert_fact(handle, json.dumps({"id": one, "sid": "1", "t": 1}))[0] for one in colliding()
    ]
    return sum(code != 2 for code in codes)


def ours() -> int:
    """Return how many of 1,000 tokens take part in a match."""
    from partnerrules.engine.durable import DurableEngine
    from partnerrules.engine.matching import Job, Pattern, Token

    engine = DurableEngine([Job(0, (Pattern(0, (0,)), Pattern(1, (0,))))])
    with engine.session() as session:
        found = session.add([Token(kind, (n,)) for kind in (0, 1) for n in range(500)])
    return len({number for match in found for number in match.tokens})


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
