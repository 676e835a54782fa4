"""A baseline: what it says nothing of, what it takes back, and what is wrong in its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gate_made import finding, report

from partnerrules.errors import DocumentError
from partnerrules.findings import Finding, NotAssessed, Report
from partnerrules.gate import Judging, judge
from partnerrules.gate.baseline import Baseline, Entry
from partnerrules.gate.baseline_file import baseline_text, read_baseline
from partnerrules.gate.updating import Seen, entry_of, updated

HELD = finding("CON-01", "high", None)
RULES = frozenset({"CON-01", "CON-02", "X28"})


def judged(held: list[Finding], *now: Finding, rules: frozenset[str] = RULES) -> Report:
    whole = report(*now)
    entries = tuple(map(entry_of, held))
    judging = Judging(baseline=Baseline("b", "", {"one": entries, "other": entries}))
    return judge(whole._replace(cases=whole.cases[:1]), judging, rules)


def about(one: Finding, *subject: str) -> Finding:
    return one._replace(subject=subject)


def test_what_is_no_longer_so_is_told() -> None:
    assert judged([HELD]).cases[0].notes == ("In the baseline, and no longer so: CON-01 (hills).",)
    many = [about(HELD, f"r{number}") for number in range(13)]
    assert judged(many).cases[0].notes[0].endswith("CON-01 (r9); and 3 more.")


def test_nothing_is_said_of_a_rule_that_was_not_looked_at() -> None:
    assert judged([HELD], rules=frozenset({"CON-02"})).cases[0].notes == ()
    left = NotAssessed("CON-01", "x", "one", ("hills",), "not_looked_at", "not asked")
    whole = report()._replace(not_assessed=(left,))
    judging = Judging(baseline=Baseline("b", "", {"one": (entry_of(HELD),)}))
    done = judge(whole._replace(cases=whole.cases[:1]), judging, RULES)
    assert done.cases[0].notes == ()


@pytest.mark.parametrize(
    ("before", "now", "hidden"),
    [
        (("hills",), ("?",), True),
        (("hills",), ("hills",), True),
        (("hills", "a"), ("?", "a"), True),
        (("hills", "a"), ("?", "?"), True),
        (("hills", "a"), ("?", "b"), False),
        (("hills", "a"), ("?",), False),
        (("hills",), ("coast",), False),
    ],
)
def test_somebody_who_is_not_named_any_more_may_still_be_there(
    before: tuple[str, ...], now: tuple[str, ...], hidden: bool
) -> None:
    open_now = about(finding("CON-01", None, "high"), *now)
    done = judged([about(HELD, *before)], open_now)
    assert (done.findings[0].state == "no_longer_assessed") == hidden
    assert bool(done.cases[0].reasons) == hidden
    assert bool(done.cases[0].notes) != hidden
    # Of a certain concern about somebody it is known whom it is about.
    assert judged([about(HELD, *before)], about(HELD, "?")).findings[0].state == "new"


def test_the_reasons_say_what_was_before() -> None:
    [reason] = judged([HELD], finding("CON-01", None, "high")).cases[0].reasons
    assert reason.endswith("was act now (high) in the baseline, and is not known any more")
    low = finding("CON-01", "low", None)
    [reason] = judged([low], HELD).cases[0].reasons
    assert reason.endswith("follows from the answers, and was keep in mind (low) in the baseline")


def test_a_new_part_counts_where_its_compound_was_there_before() -> None:
    whole = finding("X28", "high", None)
    part = finding("CON-01", "high", None, part_of=("X28",))
    assert len(judged([whole], whole, part).cases[0].reasons) == 1
    assert judged([whole, part], whole, part).cases[0].reasons == ()
    graver = whole._replace(could_be="high", severity="medium")
    before = whole._replace(severity="medium")
    medium = part._replace(severity="medium")
    judging = Judging("medium", baseline=Baseline("b", "", {"one": (entry_of(before),)}))
    one = report(graver, medium)
    done = judge(one._replace(cases=one.cases[:1]), judging, RULES)
    assert [reason for reason in done.cases[0].reasons if "CON-01" in reason]


UPDATES = [
    ("what is gone goes", [HELD], [], RULES, [], "removed"),
    ("but not of a rule that was not looked at", [HELD], [], frozenset({"X28"}), [HELD], ""),
    ("what is new is left out", [], [HELD], RULES, [], ""),
    (
        "what got better is held as it is now",
        [HELD],
        [finding("CON-01", "low", None)],
        RULES,
        [finding("CON-01", "low", None)],
        "eased",
    ),
    (
        "not where it may still be as grave",
        [HELD],
        [finding("CON-01", "low", "high")],
        RULES,
        [HELD],
        "",
    ),
    ("nor where it is open now", [HELD], [finding("CON-01", None, "low")], RULES, [HELD], ""),
    (
        "nor where nobody is named now",
        [HELD],
        [about(finding("CON-01", None, "high"), "?")],
        RULES,
        [HELD],
        "",
    ),
    (
        "what got worse stays as it was",
        [finding("CON-01", None, "high")],
        [HELD],
        RULES,
        [finding("CON-01", None, "high")],
        "",
    ),
]


@pytest.mark.parametrize(
    ("before", "now", "rules", "after", "how"),
    [row[1:] for row in UPDATES],
    ids=[row[0] for row in UPDATES],
)
def test_an_update(
    before: list[Finding],
    now: list[Finding],
    rules: frozenset[str],
    after: list[Finding],
    how: str,
) -> None:
    other = entry_of(HELD)._replace(case="other")
    entries = [*map(entry_of, before), other]
    done = updated(entries, {"one": Seen(now, rules)})
    assert list(done.entries) == [*map(entry_of, after), other]
    assert [name for name in ("removed", "eased", "added") if getattr(done, name)] == (
        [how] if how else []
    )
    added = updated(entries, {"one": Seen(now, RULES)}, add=True)
    assert added.left == 0
    assert {(one.rule, one.subject) for one in added.entries if one.case == "one"} == {
        (one.rule, one.subject) for one in now
    }


def test_the_file_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    entries = [Entry("b", "CON-01", (), "unknown", None, "low"), entry_of(HELD)]
    entries.append(Entry("b", "CON-01", ("ä", "?"), "concern", "high", None))
    text = baseline_text(entries)
    assert text == baseline_text(reversed(entries))
    assert len(text.splitlines()) == 2 + len(entries) + 1
    (tmp_path / "b.json").write_text(text)
    assert sorted(read_baseline(str(tmp_path / "b.json")).every()) == sorted(entries)
    assert json.loads(baseline_text([])) == {"schema": "partnerrules.baseline/1", "findings": []}


def test_entries_follow_a_rule_to_its_new_id(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(baseline_text([entry_of(HELD)]))
    [one] = read_baseline(str(tmp_path / "b.json"), {"CON-01": "CON-09"}).every()
    assert (one.rule, one.subject) == ("CON-09", ("hills",))
    assert one.fingerprint == Entry(*entry_of(HELD)._replace(rule="CON-09")).fingerprint


GOOD: dict[str, Any] = json.loads(baseline_text([entry_of(HELD)]))["findings"][0]
WRONG = [
    ({"line": 3}, "findings.0.line", "not known here"),
    ({"subjct": []}, "findings.0.subjct", "Did you mean subject?"),
    ({"case": ""}, "findings.0.case", "Expected an id."),
    ({"rule": 3}, "findings.0.rule", "Expected an id."),
    ({"subject": "hills"}, "findings.0.subject", "a list of ids"),
    ({"subject": ["coast"]}, "findings.0.fingerprint", "not of that rule, case and subject"),
    ({"outcome": "sound"}, "findings.0.outcome", "concern or unknown"),
    ({"severity": "grave"}, "findings.0.severity", "low, medium, high, or null"),
    ({"severity": None}, "findings.0.severity", "A concern has a severity"),
    ({"outcome": "unknown", "severity": None}, "findings.0.could_be", "could be something"),
]


@pytest.mark.parametrize(("change", "key", "said"), WRONG)
def test_an_entry_that_is_wrong_is_told_with_its_line(
    tmp_path: Path, change: dict[str, Any], key: str, said: str
) -> None:
    path = tmp_path / "b.json"
    entries = ",\n".join(json.dumps(one) for one in (GOOD | change, 7, GOOD | change))
    path.write_text(f'{{"schema": "partnerrules.baseline/1",\n"findings": [\n{entries}\n]}}')
    with pytest.raises(DocumentError) as told:
        read_baseline(str(path))
    first, middle, last = told.value.problems
    assert (first.line, middle.line, last.line) == (3, 4, 5)
    assert first.key == key and said in first.message
    assert "An entry is a mapping" in middle.message


def test_half_a_character_is_no_id(tmp_path: Path) -> None:
    text = json.dumps(
        {"schema": "partnerrules.baseline/1", "findings": [GOOD | {"case": "\ud800"}]}
    )
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(DocumentError) as told:
        read_baseline(str(tmp_path / "b.json"))
    assert str(told.value).startswith(f"{tmp_path / 'b.json'}:1:")


def test_of_two_entries_for_one_finding_none_wins(tmp_path: Path) -> None:
    text = baseline_text([entry_of(HELD), entry_of(HELD._replace(severity="low"))])
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(DocumentError) as told:
        read_baseline(str(tmp_path / "b.json"))
    assert "Two entries are of one finding (one, CON-01 (hills))" in str(told.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"findings": [], "findings": []}', '"findings" stands here twice'),
        ("", "b.json"),
        ("{", "b.json:1:"),
        ("[]", "Expected a baseline"),
        ('{"schema": "partnerrules.case/1"}', "Expected a baseline"),
        ('{"schema": "partnerrules.baseline/1"}', "Expected a list"),
        ("[" * 100_000, "b.json"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(DocumentError) as told:
        read_baseline(str(tmp_path / "b.json"))
    assert said in str(told.value)
