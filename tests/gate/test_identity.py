"""What a baseline knows again, and what it does not let pass."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from partnerrules.documents import read_document
from partnerrules.errors import CaseError
from partnerrules.findings import LEVELS, Report, rank
from partnerrules.gate import Judging, judge
from partnerrules.gate.baseline import Baseline
from partnerrules.gate.baseline_file import baseline_text
from partnerrules.gate.updating import Seen, entry_of, updated

Look = Callable[..., Report]
Keys = tuple[str | int, ...]
MADE_UP = Path(__file__).parents[2] / "cases" / "made-up"
NAMES = ("river-alliance", "nine-for-the-river", "lakeside-reading-alliance")
SAID = {name: read_document(MADE_UP / f"{name}.yaml").value for name in NAMES}
FIXED = {"schema", "case", "assessed_on", "packs"}
FEW = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])


def answers(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Yield where answers, members and whole lists stand in a case."""
    if isinstance(value, dict):
        for name in value:
            if name != "id" and (keys or name not in FIXED):
                yield (*keys, name)
                if "value" not in value:
                    yield from answers(value[name], (*keys, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from answers(one, (*keys, number))


def less(look: Look, name: str, data: st.DataObject) -> Report:
    """Evaluate a case without one of its answers, members or lists."""
    said = without(SAID[name], data.draw(st.sampled_from(list(answers(SAID[name])))))
    try:
        return look(said)
    except CaseError:
        # Somebody is named elsewhere who is not there now.
        reject()


def without(said: Any, keys: Keys) -> Any:
    said = copy.deepcopy(said)
    at = said
    for key in keys[:-1]:
        at = at[key]
    del at[keys[-1]]
    return said


def baseline(report: Report) -> Baseline:
    return Baseline("b", "", {report.cases[0].case: tuple(map(entry_of, report.findings))})


def judged(report: Report, held: Baseline, checker: Any, fail_on: str = "high") -> Report:
    judging = Judging(fail_on, "ignore", baseline=held)
    return judge(report, judging, checker.library.rules)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_accepted_as_it_is_passes(look: Look, checker: Any, name: str) -> None:
    report = look(SAID[name])
    judging = Judging("low", "fail", baseline=baseline(report))
    done = judge(report, judging, checker.library.rules)
    assert report.findings
    assert {one.state for one in done.findings} == {"known"}
    assert (done.cases[0].reasons, done.cases[0].notes) == ((), ())
    assert judge(report, Judging("low", "fail"), checker.library.rules).cases[0].reasons


@given(data=st.data())
@FEW
def test_editing_moving_and_renaming_change_no_identity(
    look: Look, checker: Any, data: st.DataObject
) -> None:
    said = SAID[data.draw(st.sampled_from(NAMES))]
    before = look(said)
    moved = {key: said[key] for key in data.draw(st.permutations(list(said)))}
    indent = data.draw(st.integers(0, 4))
    after = look(moved, path=data.draw(st.sampled_from(["b.json", "x/y/z.json"])), indent=indent)
    entries = [entry_of(one) for one in before.findings]
    assert baseline_text(entries) == baseline_text(map(entry_of, after.findings))
    assert {one.fingerprint for one in before.findings} == {
        one.fingerprint for one in after.findings
    }
    done = judged(after, baseline(before), checker, "low")
    assert not done.cases[0].reasons and not done.cases[0].notes


def test_a_line_above_a_finding_changes_no_byte_of_a_baseline(checker: Any, tmp_path: Path) -> None:
    text = (MADE_UP / "river-alliance.yaml").read_text("utf-8")
    texts = []
    for name, said in (("a.yaml", text), ("b.yaml", "# one more\n\n" + text)):
        (tmp_path / name).write_text(said, "utf-8")
        report = checker.check(checker.reader.read(str(tmp_path / name)))
        texts.append(baseline_text(map(entry_of, report.findings)))
    assert texts[0] == texts[1]


@given(data=st.data())
@FEW
def test_an_answer_that_is_taken_away_lets_no_concern_pass(
    look: Look, checker: Any, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(NAMES))
    fail_on = data.draw(st.sampled_from(LEVELS))
    full = look(SAID[name])
    done = judged(less(look, name, data), baseline(full), checker, fail_on)
    told = {(one.rule, one.subject): one for one in done.findings}
    taken = [one for one in done.findings if one.state == "no_longer_assessed"]
    for one in full.findings:
        if rank(one.severity) < rank(fail_on):
            continue
        now = told.get((one.rule, one.subject))
        if now is not None and now.outcome == "concern":
            continue
        # What followed is open now, about its subject or about somebody who is not named any more.
        open_now = [other for other in taken if other.rule == one.rule]
        assert open_now, (one.rule, one.subject)
        assert done.cases[0].reasons, (one.rule, one.subject)


@given(data=st.data())
@FEW
def test_an_update_never_accepts_more(look: Look, checker: Any, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    first, second = (less(look, name, data) for _ in range(2))
    before = {(one.rule, one.subject): one for one in map(entry_of, first.findings)}
    seen = {name: Seen(second.findings, checker.library.rules)}
    changes = updated(before.values(), seen)
    assert not changes.added
    for one in changes.entries:
        old = before[one.rule, one.subject]
        assert rank(one.severity) <= rank(old.severity) and one.worst <= old.worst
    again = updated(before.values(), seen, add=True)
    judging = Judging("low", "fail", baseline=Baseline("b", "", {name: again.entries}))
    done = judge(second, judging, checker.library.rules)
    assert not done.cases[0].reasons and not done.cases[0].notes
    assert updated(changes.entries, seen).entries == changes.entries
