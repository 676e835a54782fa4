"""For each type of fact its tests, with answers of every kind."""

from __future__ import annotations

from typing import Any

from conformance.answers import Tests
from conformance.made import FACTS, between, some_of, status
from conformance.table import Table


def tables() -> dict[str, Table]:
    """Return the tables by the fact that each is about."""
    return {
        "flag": _yes_no(),
        "colour": _choice(),
        "grade": _ordered(),
        "number": _numbers("number", "Number", 3, 4, 5, 6, 7),
        "part": _numbers("part", "Share", 0.25, 0.5, 0.6, 0.75, 0.9),
        "heads": _numbers("heads", "Count", 3, 4, 5, 6, 7),
        "title": _text(),
        "begun": _date(),
        "lead": _reference(),
        "tags": _choices(),
        "signed": _references(),
    }


def _yes_no() -> Table:
    tests = Tests("flag", wide=False)
    tests.add("yes", "yes", "no", ("yes", "no"), None)
    tests.add(["yes", "no"], "yes", None, None, ("yes", "no"))
    tests.add({"is_not": "yes"}, "no", "yes", ("yes", "no"), None)
    tests.add({"same_as": "g.flag_before"}, "yes", "no", ("yes", "no"), None, beside="yes")
    tests.about("yes", "no")
    return tests.table("Yes or no")


def _choice() -> Table:
    tests = Tests("colour", wide=False)
    tests.add("red", "red", "blue", ("red", "blue"), ("green", "blue"))
    tests.add(["red", "green"], "red", "blue", ("red", "blue"), ("red", "green"))
    tests.add({"is_not": "red"}, "blue", "red", ("red", "blue"), ("green", "blue"))
    tests.add({"is_not": ["red", "green"]}, "blue", "red", ("red", "blue"), ("red", "green"))
    _same(tests, "red", "blue", ("red", "blue"), ("green", "blue"))
    tests.about("red", "blue")
    return tests.table("Choice", "The choices are red, green and blue.")


def _ordered() -> Table:
    tests = Tests("grade", wide=False)
    all_but_full, apart = ("none", "some"), ("none", "full")
    tests.add("some", "some", "none", all_but_full, apart)
    tests.add({"is_not": "some"}, "none", "some", all_but_full, apart)
    tests.add({"at_least": "some"}, "some", "none", all_but_full, ("some", "full"))
    tests.add({"more_than": "some"}, "full", "some", apart, all_but_full)
    tests.add({"at_most": "some"}, "some", "full", apart, all_but_full)
    tests.add({"less_than": "some"}, "none", "some", all_but_full, ("some", "full"))
    tests.add({"more_than": "none", "is_not": "full"}, "some", "none", all_but_full, apart)
    _same(tests, "some", "none", all_but_full, apart)
    tests.add({"at_least": "g.grade_before"}, "some", "none", all_but_full, ("some", "full"),
              beside="some")  # fmt: skip
    tests.about("some", "none")
    return tests.table("Ordered choice", "The choices are none, some and full, in this order.")


def _numbers(fact: str, title: str, low: Any, bound: Any, next_: Any, more: Any, top: Any) -> Table:
    tests = Tests(fact)
    above, across = between(next_, top), between(low, next_)
    tests.add(bound, bound, low, (low, bound), (low, next_), above, across)
    tests.add([bound, next_], bound, low, (low, bound), (bound, next_), above, across)
    tests.add({"is_not": bound}, low, bound, (low, bound), (low, next_), above, across)
    _bounds(tests, lambda word: word, low, bound, next_, more, top)
    test = {"more_than": low, "less_than": more}
    tests.add(test, bound, low, (low, bound), (bound, next_), between(bound, next_),
              between(bound, top))  # fmt: skip
    other = f"g.{fact}_before"
    same = {"same_as": other}
    tests.add(same, bound, low, (low, bound), (low, next_), above, across, beside=bound)
    tests.add(same, None, None, None, (bound, next_), above, across,
              beside=status("dont_know"))  # fmt: skip
    tests.add(same, None, None, None, (bound, next_), above, across,
              beside=status("not_applicable"))  # fmt: skip
    tests.add({"at_least": other}, bound, low, (low, bound), (bound, next_), above, across,
              beside=bound)  # fmt: skip
    tests.add({"at_least": other}, top, None, (low, top), (more, top), between(more, top), across,
              beside=between(bound, next_))  # fmt: skip
    tests.about(bound, next_, above)
    return tests.table(title)


def _bounds(tests: Tests, test: Any, low: Any, bound: Any, next_: Any, more: Any, top: Any) -> None:
    above, upto = between(more, top), between(low, bound)
    tests.add({"at_least": bound}, bound, low, (low, bound), (bound, next_), between(bound, top),
              between(low, next_))  # fmt: skip
    tests.add({"more_than": bound}, next_, bound, (bound, next_), (next_, top), above,
              between(bound, top))  # fmt: skip
    tests.add({"at_most": bound}, bound, next_, (bound, next_), (low, bound), upto,
              between(low, next_))  # fmt: skip
    tests.add({"less_than": bound}, low, bound, (low, bound), (next_, top), above, upto)


def _same(tests: Tests, value: Any, other: Any, differ: Any, agree: Any) -> None:
    test = {"same_as": f"g.{tests.fact}_before"}
    tests.add(test, value, other, differ, agree, beside=value)


def _text() -> Table:
    tests = Tests("title", wide=False)
    tests.add("One", "One", "Two", ("One", "Two"), ("Two", "Three"))
    tests.add(["One", "Two"], "One", "Three", ("One", "Three"), ("One", "Two"))
    tests.add({"is_not": "One"}, "Two", "One", ("One", "Two"), ("Two", "Three"))
    _same(tests, "One", "Two", ("One", "Two"), ("Two", "Three"))
    tests.about("One", "Two")
    return tests.table("Text")


def _date() -> Table:
    tests = Tests("begun")
    old, past, now, soon, late = "2025-02", "2026-03", "2026-06", "2026-08", "2027-09"
    tests.add("2026-03", past, old, (old, past), (old, soon), between(now, late),
              between(old, now))  # fmt: skip
    tests.add("2026", past, old, (old, past), (past, soon), between(past, soon),
              between(past, late))  # fmt: skip
    tests.add({"is_not": "2026-03"}, old, past, (old, past), (old, soon), between(now, late),
              between(old, now))  # fmt: skip
    tests.add("never", "never", old, (old, "never"), (old, past), between(old, past))
    tests.add({"older_than": 6}, old, past, (old, past), (old, "never"), between(old, "2025-11"),
              between(old, past))  # fmt: skip
    tests.add({"within_past": 6}, past, old, (old, past), (past, now), between("2025-12", now),
              between(past, soon))  # fmt: skip
    tests.add({"within_next": 6}, soon, past, (past, soon), (now, soon), between(now, "2026-12"),
              between(past, soon))  # fmt: skip
    tests.add({"before": "2026-06"}, past, now, (past, soon), (old, past), between(old, past),
              between(past, now))  # fmt: skip
    tests.add({"after": "2026-06"}, soon, now, (past, soon), (soon, late), between(soon, late),
              between(past, soon))  # fmt: skip
    tests.add({"before": "assessed_on"}, past, soon, (past, soon), (old, past), between(old, past),
              between(past, soon))  # fmt: skip
    day, next_day = "2026-03-01", "2026-03-02"
    tests.add({"same_as": "g.begun_before"}, day, next_day, (day, next_day), (old, soon),
              between(now, late), between(old, now), beside=day)  # fmt: skip
    for word in ("before", "after"):
        tests.add({word: "g.begun_before"}, *((old, soon) if word == "before" else (soon, old)),
                  (old, soon), (soon, late), between(now, late), between(old, now),
                  beside=past)  # fmt: skip
    tests.add({"before": "g.begun_before"}, None, "never", (old, "never"), (past, "never"),
              between(now, late), beside=day)  # fmt: skip
    tests.about(past, soon, between(past, soon))
    text = (
        "The case is assessed on 2026-06-30. The date may be `never`; a month is a range of days."
    )
    return tests.table("Date", text)


__all__ = ["FACTS", "tables"]
_MEMBERS = (
    "`p` and `q` are variables, bound to the partners a and b. The list of partners is complete "
    "with these two, but for the last two columns, in which it leaves open whether there are more."
)


def _reference() -> Table:
    tests = Tests("lead", wide=False, members=True)
    tests.add("p", "a", "b", ("a", "b"), None)
    tests.add(["p", "q"], "a", None, None, ("a", "b"))
    tests.add({"is_not": "p"}, "b", "a", ("a", "b"), None)
    tests.add({"is_not": ["p", "q"]}, None, "a", None, ("a", "b"))
    other = "g.lead_before"
    for test in ({"same_as": other}, other):
        tests.add(test, "a", "b", ("a", "b"), None, beside="a")
    tests.add({"is_not": other}, "b", "a", ("a", "b"), None, beside="a")
    for least, answers in ((4, ("a", "b", ("a", "b"), None)), (1, ("a", None, None, ("a", "b")))):
        tests.add({"at_least": least}, *answers, behind="weight")
    tests.about("a", "b")
    behind = "The host of the region `r` is a partner too; the weight of a is 5, that of b is 1."
    return tests.table("Reference", f"{_MEMBERS} {behind}")


def _choices() -> Table:
    tests = Tests("tags")
    _lists(tests)
    text = "The choices are a, b and c."
    return tests.table("Choices", text)


def _lists(tests: Tests) -> None:
    a, b = ["a"], ["b"]
    ab = ["a", "b"]
    first, second = ("p", "q") if tests.members else ("a", "b")
    both = [first, second]
    tests.add({"has": first}, ab, b, (a, b), (a, ab), some_of("a"), some_of("b"))
    tests.add({"has_any": both}, b, [], (a, []), (a, b), some_of("a"), some_of())
    tests.add({"has_all": both}, ab, a, (a, ab), (a, b), some_of("a", "b"), some_of("a"))
    tests.add({"lacks": first}, b, a, (a, b), (b, []), some_of("a"), some_of("b"))
    tests.add({"lacks": both}, [], a, (a, []), (a, b), some_of("a"), some_of())
    tests.add({"size": 1}, a, ab, (a, ab), (a, b), some_of("a", "b"), some_of())
    tests.add({"size": {"at_least": 2}}, ab, a, (a, ab), (a, b), some_of("a", "b"), some_of("a"))
    many = {"size": {"at_least": 3}}
    tests.add(many, None if tests.members else [*ab, "c"], ab, None, (a, ab), None, some_of("a"))
    test = {"same_as": f"g.{tests.fact}_before"}
    tests.add(test, a, b, (a, b), (b, ab), some_of("b"), some_of(), beside=a)
    tests.about(a, b, some_of("a"))


def _references() -> Table:
    tests = Tests("signed", members=True)
    _lists(tests)
    return tests.table("References", _MEMBERS)
