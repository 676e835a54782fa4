"""Waivers: until when they count, whom they mean, what they set free, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gate_made import finding, report

from partnerrules.errors import DocumentError
from partnerrules.findings import Finding, Report, Waiver
from partnerrules.gate import Judging, judge
from partnerrules.gate.waiver_file import read_waivers
from partnerrules.gate.waivers import Waived, Waivers

RULES = frozenset({"CON-01", "CON-02", "X28"})
HIGH = finding("CON-01", "high", None)


def waived(
    rule: str = "CON-01", subject: tuple[str, ...] | None = None, until: str = "2026-06-30"
) -> Waived:
    waiver = Waiver("accepted_risk", "We know.", "Ada", "2026-01-01", until)
    return Waived("one", rule, subject, waiver, 1)


def judged(held: list[Waived], *now: Finding, today: str = "2026-06-30", **more: Any) -> Report:
    whole = report(*now)
    judging = Judging("high", "warn", waivers=Waivers("w", "", {"one": tuple(held)}), today=today)
    return judge(whole._replace(cases=whole.cases[:1]), judging, more.get("rules", RULES))


@pytest.mark.parametrize(
    ("today", "passes"),
    [("2026-01-01", True), ("2026-06-29", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_it_counts_through_all_of_its_last_day(today: str, passes: bool) -> None:
    done = judged([waived()], HIGH, today=today)
    [found] = done.findings
    assert found.waiver is not None
    assert (found.waived, found.set_aside, found.waiver.over) == (passes, passes, not passes)
    assert (not done.cases[0].reasons) == passes
    if not passes:
        assert done.cases[0].reasons[0].endswith("; its waiver ended on 2026-06-30")


def test_it_does_not_count_before_the_day_it_was_made() -> None:
    done = judged([waived()], HIGH, today="2025-12-31")
    assert done.findings[0].waiver is None
    assert done.cases[0].reasons
    [note] = done.cases[0].notes
    assert note == "The waiver of CON-01 counts from 2026-01-01 on, and not yet."
    assert not judged([waived()], HIGH, today="2025-12-31", rules=frozenset()).cases[0].notes


@pytest.mark.parametrize(
    ("subject", "means"),
    [(None, True), (("hills",), True), (("coast",), False), (("hills", "coast"), False)],
)
def test_whom_it_means(subject: tuple[str, ...] | None, means: bool) -> None:
    done = judged([waived(subject=subject)], HIGH)
    assert done.findings[0].waived == means
    assert bool(done.cases[0].notes) != means


def test_of_several_the_one_that_lasts_longest_counts() -> None:
    both = [waived(until="2026-03-01"), waived(subject=("hills",), until="2026-08-01")]
    for held in (both, both[::-1]):
        done = judged(held, HIGH)
        assert done.findings[0].waived
        assert done.cases[0].notes == ()


def test_one_that_does_nothing_is_told_where_its_rule_was_looked_at() -> None:
    assert judged([waived()]).cases[0].notes == (
        "The waiver of CON-01 until 2026-06-30 sets nothing aside: it can go.",
    )
    [note] = judged([waived(subject=("hills",))], today="2027-01-01").cases[0].notes
    assert note == (
        "The waiver of CON-01 (hills) ended on 2026-06-30 and sets nothing aside: it can go."
    )
    assert judged([waived()], rules=frozenset({"CON-02"})).cases[0].notes == ()


def test_a_compound_that_is_waived_sets_its_parts_free() -> None:
    whole = finding("X28", "high", None)
    part = finding("CON-01", "high", None, part_of=("X28", "X29"))
    done = judged([waived("X28")], whole, part)
    assert done.findings[1].part_of == ("X29",)
    assert [reason for reason in done.cases[0].reasons if "CON-01" in reason]
    other = whole._replace(subject=("coast",))
    kept = judged([waived("X28", ("hills",))], whole, other, part)
    assert kept.findings[2].part_of == ("X28", "X29")
    over = judged([waived("X28")], whole, part, today="2027-01-01")
    assert over.findings[1].part_of == ("X28", "X29")


HEAD = "schema: partnerrules.waivers/1\nwaivers:\n"
GOOD = {
    "rule": "TRA-01",
    "case": "one",
    "kind": "accepted_risk",
    "reason": "We know.",
    "approved_by": "Ada",
    "created": "2026-01-01",
    "expires": "2026-06-30",
}


def entry(**change: str) -> str:
    return "  - {" + ", ".join(f"{k}: {v}" for k, v in (GOOD | change).items() if v) + "}\n"


def test_what_a_file_says_is_read(checker: Any, tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(HEAD + entry(subject="hills") + entry(case="two", subject="[a, b]") + entry())
    found = read_waivers(path, checker.library)
    waiver = Waiver("accepted_risk", "We know.", "Ada", "2026-01-01", "2026-06-30")
    assert [one[:4] for one in found.cases["one"]] == [
        ("one", "TRA-01", None, waiver),
        ("one", "TRA-01", ("hills",), waiver),
    ]
    assert [one.subject for one in found.cases["two"]] == [("a", "b")]
    assert sorted(one.line for one in found.every()) == [3, 4, 5]


WRONG = [
    ({"rule": "TRA-99"}, "rule", "No loaded pack has this rule."),
    ({"rule": "tra-01"}, "rule", 'Did you mean "TRA-01"?'),
    ({"rule": '"TRA-*"'}, "rule", "patterns are not taken"),
    ({"rule": "ACC-07"}, "rule", "cannot be waived (non_waivable)"),
    ({"rule": "CON-05"}, "rule", "cannot be waived (non_waivable)"),
    ({"rule": "EVD-03"}, "rule", "finds nothing that could be set aside"),
    ({"case": '"*"'}, "case", "patterns are not taken"),
    ({"case": "a b"}, "case", "An id has letters"),
    ({"subject": '"?"'}, "subject", "patterns are not taken"),
    ({"subject": "[]"}, "subject", "Name whom it is about"),
    ({"kind": "accepted"}, "kind", 'Did you mean "accepted_risk"?'),
    ({"reason": '" "'}, "reason", "Expected a short text."),
    ({"reason": ""}, "", 'The key "reason" is missing'),
    ({"approved_by": ""}, "", 'The key "approved_by" is missing'),
    ({"expires": ""}, "", 'The key "expires" is missing'),
    ({"expires": "2026-02-30"}, "expires", "is not a day that exists"),
    ({"expires": "2026-06"}, "expires", "is not a day that exists"),
    ({"expires": "never"}, "expires", "is not a day that exists"),
    ({"created": "2026-07-01"}, "expires", "end before it was made"),
    ({"until": "2026-07-01"}, "until", "not known here"),
]


@pytest.mark.parametrize(("change", "key", "said"), WRONG)
def test_what_is_wrong_is_told_with_line_and_key(
    checker: Any, tmp_path: Path, change: dict[str, str], key: str, said: str
) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(HEAD + entry() + entry(**change) + entry(kind="x"))
    with pytest.raises(DocumentError) as told:
        read_waivers(path, checker.library)
    first, last = told.value.problems
    assert (first.line, last.line) == (4, 5)
    assert first.key == f"waivers.1.{key}".rstrip(".")
    assert said in str(first)
