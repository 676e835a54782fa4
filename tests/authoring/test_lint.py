"""What pack writers are told, beside what would be refused."""

from pathlib import Path

import pytest
from small import FILES, write

from partnerrules.authoring import words
from partnerrules.authoring.lint import lint
from partnerrules.errors import PackError
from partnerrules.packs import Library, load_pack

SIZE, WORDS = "meeting/MEE-01-size.yaml", "vocabulary/words.yaml"
FAR = "meeting/MEE-02-members.yaml"
FACTS = "groups.group.facts"
STAGE = f"{FACTS}.stage.choices.forming"
WHY = "why: Large groups need somebody who keeps the threads together.\n"
IDLE = "  idle: {value: 1, basis: default}\n"
UNKIND = (
    "fails Violation weakly poorest deficits capture non-compliant noncompliance beneficiaries"
    " recipient"
)


def found(folder: Path, files: dict[str, str]) -> set[tuple[str, str, str]]:
    """Return code, key and sentence of what is to be mended."""
    return {(one.code, one.key, one.message) for one in lint([write(folder, files)]).problems}


ROWS = [
    (SIZE, "They are very many", "They fail to meet", "words", "concern.many.says"),
    (SIZE, "They are very many", "There is a weak link", "words", "concern.many.says"),
    (SIZE, "They are very many", "They should meet", "words", "concern.many.says"),
    (SIZE, "very many.", "very many", "words", "concern.many.says"),
    (SIZE, "Name a chair.", "A chair.", "words", "remediation.default"),
    (SIZE, "Name a chair.", "Name a chair", "words", "remediation.default"),
    (SIZE, "Name a chair.", f"Name {'one chair ' * 20}.", "words", "remediation.default"),
    (SIZE, "{default: Name a chair., ", "{", "missing", "remediation"),
    (SIZE, "t: Name a chair.", "t: {says: A chair.}", "words", "remediation.default"),
    (SIZE, "lessons: [L1]\n", "", "source", "id"),
    (SIZE, WHY, "", "missing", "id"),
    (SIZE, "why: Large", "why:" + "\n  Large" * 60, "long", "id"),
    (WORDS, "What is it called?", "What is it called? By whom?", "words", f"{FACTS}.name.question"),
    (WORDS, "What is it called?", "Which poor people?", "words", f"{FACTS}.name.question"),
    (WORDS, "forming: Forming", "forming: Of recipients", "words", STAGE),
    (WORDS, ", question: What is it called?", "", "missing", f"{FACTS}.name"),
    ("pack.yaml", "parameters:\n", f"parameters:\n{IDLE}", "unused", "parameters.idle"),
    ("pack.yaml", "basis: convention, source: BOOK", "basis: sourced", "source", "parameters.few"),
    ("questions/all.yaml", "how many are they?", "so? Why?", "words", "questions.chair.question"),
    ("lessons.yaml", "Meet often.", "The recipients meet.", "words", "lessons.L1.says"),
    (FAR, "when: {m.place.far: yes}", "when: {m.level: local}", "never", "concern.far"),
    (SIZE, "when: {group.size: {at_least: $few}}",
     "when: [{group.mood: {at_least: bad}}, {group.size: {at_least: $few}}]",
     "always", "concern.few.when.0.group.mood.at_least"),
    ("meeting/MEE-03-both.yaml", "rule: MEE-02, subject: m}",
     "rule: MEE-02, subject: m, at_least: high}", "no-start", "given.1.concern"),
    (SIZE, "when: {group.size: {at_least: $few}}",
     "when: [{group.size: {at_least: $many}}, {some: {m: member, where: {m.level: local}}},"
     " {group.open: yes}]", "hidden", "concern.few"),
]  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    return found(tmp_path_factory.mktemp("before") / "small", FILES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[3]} {row[4]}")
def test_one_thing_to_mend_is_told(row, tmp_path: Path, before) -> None:
    file, old, new, code, key = row
    assert old in FILES[file]
    after = found(tmp_path / "small", {**FILES, file: FILES[file].replace(old, new, 1)})
    assert (code, key) in {(code, key) for code, key, _ in after - before}


CLOSING = "  closing: {group.open: no}\nstage_fact"
NEW = "{says: Found a club., builds: yes}"


@pytest.mark.parametrize(
    ("advice", "where"),
    [
        (f"{{default: {NEW}}}", "default"),
        (f"{{default: Sing., operating: {NEW}}}", "operating"),
        (f"{{default: Sing., closing: {NEW}}}", "closing"),
        (f"{{default: {NEW}, closing: Sing.}}", ""),
        ("{default: {says: Sing., steps: [Begin low.], who: the choir}}", ""),
    ],
)
def test_advice_to_found_something_new_comes_with_other_advice_for_the_end(
    advice: str, where: str, tmp_path: Path
) -> None:
    rule = FILES[SIZE].replace("{default: Name a chair., operating: Name a chair now.}", advice)
    pack = FILES["pack.yaml"].replace("stage_fact", CLOSING, 1)
    problems = found(tmp_path / "small", {**FILES, SIZE: rule, "pack.yaml": pack})
    told = [key for code, key, _ in problems if code == "untimely"]
    assert told == ([f"remediation.{where}"] if where else [])


def test_every_outcome_that_no_example_shows_is_told(before) -> None:
    told = {text for code, _, text in before if code == "example"}
    assert {
        "No example of MEE-01 shows a concern because of few.",
        "No example of MEE-01 shows a concern because of many.",
        "No example of MEE-01 shows what is unknown.",
        "No example of MEE-01 shows what is sound.",
        "No example of MEE-01 shows when it is not due.",
        "No example shows what MEE-06 changes.",
    } <= told


def test_an_example_takes_away_what_it_shows(tmp_path: Path, before) -> None:
    text = FILES[SIZE] + (
        "examples:\n"
        "  - name: five of them\n"
        "    case: {group: {stage: operating, size: 5}}\n"
        "    expect: {outcome: concern, because: few}\n"
    )
    after = found(tmp_path / "small", {**FILES, SIZE: text})
    gone = {text for _, _, text in before - after}
    assert gone == {"No example of MEE-01 shows a concern because of few."}


def test_the_facts_that_no_rule_reads_are_one_note(tmp_path: Path) -> None:
    [note] = lint([write(tmp_path / "small", FILES)]).notes
    names = "begun, ended, topics, chair, covers, rating, marks"
    assert note.message == f"No rule reads these 7 facts (group: {names})."


def test_what_would_be_refused_is_to_be_mended_too(tmp_path: Path) -> None:
    text = FILES[SIZE].replace("group.size: {at_least: $many}", "group.siz: 3")
    problems = lint([write(tmp_path / "small", {**FILES, SIZE: text})]).problems
    assert [(one.code, one.nearest) for one in problems] == [("fact", "group.size")]


def test_negation_in_a_cycle_is_refused_and_the_cycle_named(tmp_path: Path) -> None:
    rule = FILES["meeting/MEE-02-members.yaml"].replace(
        "given: {m.level: national}",
        "given: {not: {concern: {rule: MEE-03, subject: m}}, m.level: national}",
    )
    problems = lint([write(tmp_path / "small", {**FILES, "meeting/MEE-02-members.yaml": rule})])
    (problem,) = problems.problems
    assert problem.code == "cycle"
    assert "MEE-02 reads MEE-03; MEE-03 reads MEE-02." in problem.message
    assert problem.line == 7


def test_a_pack_that_is_not_there_is_no_finding_of_lint() -> None:
    with pytest.raises(PackError):
        lint(["no-such-pack"])


def test_the_packs_that_come_with_the_tool_have_nothing_to_mend() -> None:
    told = lint([])
    assert [str(problem) for problem in told.problems] == []
    assert told.examples > 100
    assert told.rules == len(Library([load_pack("core"), load_pack("extended")]).rules)


@pytest.mark.parametrize("word", UNKIND.split())
def test_words_that_judge_people_are_noticed(word: str) -> None:
    assert list(words.unkind(f"The {word} is there."))


@pytest.mark.parametrize("text", ["Pouring rain.", "{r.poor} is there.", "Week by week."])
def test_words_that_only_look_alike_pass(text: str) -> None:
    assert not list(words.unkind(text))


def test_two_rules_that_ask_the_same_are_told(tmp_path: Path) -> None:
    twin = FILES["meeting/MEE-02-members.yaml"].replace("MEE-02", "MEE-12")
    told = found(tmp_path / "small", {**FILES, "meeting/MEE-12-members.yaml": twin})
    text = "MEE-02 asks exactly the same: one of the two is enough."
    assert ("same", "concern.far", text) in told
