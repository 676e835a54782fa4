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
REMEDY = "remediation: {default: Name a chair., operating: Name a chair now.}\n"
CALM = "meeting/MEE-06-calm.yaml"
CALLED = "What is it called?"
IDLE = "  idle: {value: 1, basis: default}\n"
UNKIND = (
    "fails Violation weakly poorest deficits capture non-compliant noncompliance beneficiaries"
    " recipient"
)


def found(folder: Path, files: dict[str, str]) -> set[tuple[str, str, str]]:
    """Return code, key and sentence of what is to be mended."""
    return {(one.code, one.key, one.message) for one in lint([write(folder, files)]).problems}


ROWS = [
    (SIZE, "They are very many", "They fail to meet", "judging-word", "concern.many.says"),
    (SIZE, "They are very many", "There is a weak link", "judging-word", "concern.many.says"),
    (SIZE, "They are very many", "They should meet", "should-in-message", "concern.many.says"),
    (SIZE, "very many.", "very many", "sentence-form", "concern.many.says"),
    (SIZE, "Name a chair.", "A chair.", "advice-is-no-act", "remediation.default"),
    (SIZE, "Name a chair.", "Name a chair", "sentence-form", "remediation.default"),
    (SIZE, "Name a chair.", f"Name {'one chair ' * 20}.", "too-long", "remediation.default"),
    (SIZE, "{default: Name a chair., ", "{", "no-default-advice", "remediation"),
    (SIZE, "t: Name a chair.", "t: {says: A chair.}", "advice-is-no-act", "remediation.default"),
    (SIZE, "lessons: [L1]\n", "", "no-lesson", "id"),
    (SIZE, WHY, "", "no-why", "id"),
    (SIZE, "why: Large", "why:" + "\n  Large" * 60, "long-rule", "id"),
    (WORDS, "What is it called?", "What is it called? By whom?",
     "double-question", f"{FACTS}.name.question"),
    (WORDS, "What is it called?", "Which poor people?", "judging-word", f"{FACTS}.name.question"),
    (WORDS, "forming: Forming", "forming: Of recipients", "judging-word", STAGE),
    (WORDS, ", question: What is it called?", "", "no-question", f"{FACTS}.name"),
    ("pack.yaml", "parameters:\n", f"parameters:\n{IDLE}", "unused-parameter", "parameters.idle"),
    ("pack.yaml", "basis: convention, source: BOOK", "basis: sourced", "no-source",
     "parameters.few"),
    ("questions/all.yaml", "how many are they?", "so? Why?", "double-question",
     "questions.chair.question"),
    ("lessons.yaml", "Meet often.", "The recipients meet.", "judging-word", "lessons.L1.says"),
    (FAR, "when: {m.place.far: yes}", "when: {m.level: local}", "never-holds", "concern.far"),
    (SIZE, "when: {group.size: {at_least: $few}}",
     "when: [{group.mood: {at_least: bad}}, {group.size: {at_least: $few}}]",
     "always-holds", "concern.few.when.0.group.mood.at_least"),
    ("meeting/MEE-03-both.yaml", "rule: MEE-02, subject: m}",
     "rule: MEE-02, subject: m, at_least: high}", "no-start", "given.1.concern"),
    (SIZE, "when: {group.size: {at_least: $few}}",
     "when: [{group.size: {at_least: $many}}, {some: {m: member, where: {m.level: local}}},"
     " {group.open: yes}]", "hidden-alternative", "concern.few"),
    (SIZE, REMEDY, "", "no-remediation", "id"),
    (CALM, "note: The group is young.\n", "", "no-sentence", "id"),
    (SIZE, "very many.", f"{'very ' * 50}many.", "too-long", "concern.many.says"),
    (SIZE, WHY, f"why: {'Groups ' * 40}.\n", "too-long", "why"),
    (WORDS, CALLED, f"What is it called{' or else' * 30}?", "too-long", f"{FACTS}.name.question"),
    (WORDS, f"question: {CALLED}", f"question: {CALLED}, help: {'Say it. ' * 30}", "too-long",
     f"{FACTS}.name.help"),
    (WORDS, CALLED, "Its name", "no-question-mark", f"{FACTS}.name.question"),
    (WORDS, CALLED, "Surely it has a name?", "loaded-question", f"{FACTS}.name.question"),
    (SIZE, "They are very many", "They are paralysed", "judging-word", "concern.many.says"),
    (SIZE, "name: size", "name: fair-sized", "file-name", "id"),
    (SIZE, "id: MEE-01", "id: MEE-02", "clash", "id"),
    (SIZE, "why: ", "whyy: ", "unknown-key", "whyy"),
    (SIZE, "size: {at_least: $few}", "size: {at_leats: 3}", "unknown-operator",
     "concern.few.when.group.size.at_leats"),
    (SIZE, "size: {at_least: $few}", "size: {has: 3}", "operator-does-not-fit",
     "concern.few.when.group.size.has"),
    (SIZE, "{group.size}, more", "{group.sise}, more", "unknown-placeholder", "concern.few.says"),
    (SIZE, "$many", "$mayn", "unknown-parameter", "concern.many.when.0.group.size.at_least"),
    ("pack.yaml", "many: {value: 8, basis: default}", "many: {value: 8}", "missing-key",
     "parameters.many"),
    (SIZE, "size: {at_least: $few}", "size: {at_least: $few, less_than: $many}",
     "levels-do-not-nest", "concern.few"),
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
    told = [key for code, key, _ in problems if code == "out-of-season"]
    assert told == ([f"remediation.{where}"] if where else [])


def test_every_outcome_that_no_example_shows_is_told(before) -> None:
    told = {text for code, _, text in before if code == "no-example"}
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


NOTES = [
    (WORDS, CALLED, "What is it called and who says so?", "joined-question",
     f"{FACTS}.name.question"),
    (WORDS, "open: {type: yes_no}", "open: {type: yes_no, sensitive: yes, question: Is it?}",
     "sensitive-not-apart", f"{FACTS}.open.sensitive"),
    (WORDS, "to: member}", "to: member, sensitive: yes, derived: no}", "sensitive-not-apart",
     "questions.chair"),
    ("questions/all.yaml", "sets: [group.chair]", "sensitive: yes\n    sets: [group.chair]",
     "sensitive-not-apart", "questions.chair.sensitive"),
]  # fmt: skip


@pytest.mark.parametrize("row", NOTES, ids=lambda row: f"{row[3]} {row[4]}")
def test_what_is_worth_a_look_is_a_note(row, tmp_path: Path) -> None:
    file, old, new, code, key = row
    assert old in FILES[file]
    text = FILES[file].replace(old, new, 1)
    told = lint([write(tmp_path / "small", {**FILES, file: text})])
    assert (code, key) in {(one.code, one.key) for one in told.notes}


def test_what_each_partner_is_asked_apart_needs_no_note(tmp_path: Path) -> None:
    asked = "open: {type: yes_no, sensitive: yes, question: Is it?, ask: [lead, each_partner]}"
    text = FILES[WORDS].replace("open: {type: yes_no}", asked)
    told = lint([write(tmp_path / "small", {**FILES, WORDS: text})])
    assert [one.code for one in told.notes] == ["unread-fact"]


def test_a_fact_that_no_rule_reads_may_say_why(tmp_path: Path) -> None:
    def notes(name: str) -> list[str]:
        text = FILES[WORDS].replace(f"{name}: {{type:", f"{name}: {{only_told: For later., type:")
        assert text != FILES[WORDS]
        told = lint([write(tmp_path / "small", {**FILES, WORDS: text})])
        return [one.message for one in told.notes if one.code == "unread-fact"]

    (before,) = lint([write(tmp_path / "small", FILES)]).notes
    assert "begun, ended" in before.message
    (unread,) = notes("begun")
    assert "begun" not in unread and "ended" in unread
    told = "A rule reads group.size, though `only_told` says why none does."
    assert notes("size") == [told, before.message]


def test_a_question_that_settles_several_facts_may_ask_for_them(tmp_path: Path) -> None:
    told = lint([write(tmp_path / "small", FILES)])
    assert "how many" in FILES["questions/all.yaml"]
    assert [one.code for one in told.notes] == ["unread-fact"]


def test_what_would_be_refused_is_to_be_mended_too(tmp_path: Path) -> None:
    text = FILES[SIZE].replace("group.size: {at_least: $many}", "group.siz: 3")
    problems = lint([write(tmp_path / "small", {**FILES, SIZE: text})]).problems
    assert [(one.code, one.nearest) for one in problems] == [("unknown-fact", "group.size")]


def test_negation_in_a_cycle_is_refused_and_the_cycle_named(tmp_path: Path) -> None:
    rule = FILES["meeting/MEE-02-members.yaml"].replace(
        "given: {m.level: national}",
        "given: {not: {concern: {rule: MEE-03, subject: m}}, m.level: national}",
    )
    problems = lint([write(tmp_path / "small", {**FILES, "meeting/MEE-02-members.yaml": rule})])
    (problem,) = problems.problems
    assert problem.code == "negation-in-cycle"
    assert "MEE-02 reads MEE-03; MEE-03 reads MEE-02." in problem.message
    assert problem.line == 7


def test_a_pack_that_is_not_there_is_no_finding_of_lint() -> None:
    with pytest.raises(PackError):
        lint(["no-such-pack"])


@pytest.mark.slow
def test_the_packs_that_come_with_the_tool_have_nothing_to_mend() -> None:
    # `packs lint` says the same, and runs wherever all else does.
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
    assert ("same-condition", "concern.far", text) in told
