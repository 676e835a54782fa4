"""Hostile files end quickly, in a sentence."""

import time
from collections.abc import Iterator

import pytest

from partnerrules.documents import parse_document, yaml_loader, yaml_values
from partnerrules.documents.bounds import MAX_DEPTH, MAX_PROBLEMS
from partnerrules.documents.texts import Format
from partnerrules.errors import DocumentError, Problem


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    start = time.process_time()
    yield
    # What is bounded takes a second or two, what is not takes hours.
    assert time.process_time() - start < 60


def problems(text: str, format: Format = "yaml") -> tuple[Problem, ...]:
    with pytest.raises(DocumentError) as caught:
        parse_document(text.encode(), path="deep", format=format)
    return caught.value.problems


MANY = 10_000
DEEP = {
    "lists": "[" * MANY,
    "lists that close": "[" * MANY + "]" * MANY,
    "mappings": "{a: " * MANY,
    "braces": "{" * MANY,
    "dashes": "- " * MANY,
    "dashes with a value": "- " * MANY + "x",
    "keys of keys": "? " * MANY,
    "keys of lists": "[? " * MANY,
    "indentation": "".join(" " * depth + "a:\n" for depth in range(2_000)),
    "indented dashes": "".join(" " * depth + "-\n" for depth in range(2_000)),
    "tagged lists": "!!seq [" * MANY,
    "anchored lists": "".join(f"&a{number} [" for number in range(MANY)),
    "one level too many": "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
}


@pytest.mark.usefixtures("yaml_parser")
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_yaml_that_is_too_deep_is_refused(text: str) -> None:
    assert [problem.code for problem in problems(text)] == ["too-deep"]


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900, 10_000, 1_000_000])
@pytest.mark.parametrize("opening", ["[", '{"a":', "[["])
def test_json_that_is_too_deep_is_refused(depth: int, opening: str) -> None:
    closing = "".join("]" if sign == "[" else "}" for sign in opening if sign in "[{")
    (problem,) = problems(opening * depth + "1" + closing * depth, "json")
    assert problem.code == "too-deep"
    assert problem.line == 1
    assert problem.column == MAX_DEPTH * len(opening) // len(closing) + 1


@pytest.mark.usefixtures("yaml_parser")
@pytest.mark.parametrize("format", ["yaml", "json"])
def test_the_deepest_file_that_is_allowed_is_read(format: Format) -> None:
    text = "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH
    document = parse_document(text.encode(), path="deep", format=format)
    assert document.position([0] * MAX_DEPTH).column == MAX_DEPTH + 1


def test_closing_brackets_in_quotes_do_not_hide_depth() -> None:
    assert [problem.code for problem in problems('["]",' * 100)] == ["too-deep"]


@pytest.mark.usefixtures("yaml_parser")
@pytest.mark.parametrize("width", [2, 10])
def test_a_bomb_of_aliases_is_refused(width: int) -> None:
    lines = ["a0: &a0 [x, x]"]
    for level in range(1, 40):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]")
    assert [problem.code for problem in problems("\n".join(lines))] == ["too-many-values"]


@pytest.mark.usefixtures("yaml_parser")
def test_a_bomb_of_mappings_is_refused() -> None:
    lines = ["a0: &a0 {x: 1}"]
    for level in range(1, 30):
        below = ", ".join(f"k{number}: *a{level - 1}" for number in range(9))
        lines.append(f"a{level}: &a{level} {{{below}}}")
    assert [problem.code for problem in problems("\n".join(lines))] == ["too-many-values"]


@pytest.mark.usefixtures("yaml_parser")
def test_a_chain_of_aliases_that_is_too_deep_is_refused() -> None:
    lines = ["- &a0 []", *(f"- &a{level} [*a{level - 1}]" for level in range(1, 500))]
    assert [problem.code for problem in problems("\n".join(lines))] == ["too-deep"]


@pytest.mark.usefixtures("yaml_parser")
def test_a_list_that_holds_itself_many_times_is_refused() -> None:
    text = f"&a [{', '.join(['*a'] * 1_000)}]"
    assert [problem.code for problem in problems(text)] == ["alias-cycle"]


def test_aliases_may_add_values_up_to_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_values, "MAX_ALIASED", 5)
    parse_document(b"[&a [1, 2], *a, *a]", path="x", format="yaml")
    assert [p.code for p in problems(f"[&a [1, 2], {'*a, ' * 20}]")] == ["too-many-values"]


@pytest.mark.usefixtures("yaml_parser")
def test_a_file_with_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_loader, "MAX_NODES", 1_000)
    parse_document(f"[{'1, ' * 999}]".encode(), path="x", format="yaml")
    assert [p.code for p in problems(f"[{'1, ' * 1_001}]")] == ["too-many-values"]


@pytest.mark.usefixtures("yaml_parser")
def test_only_the_first_problems_are_told() -> None:
    found = problems("".join("a: .nan\n" for _ in range(500)))
    assert len(found) == MAX_PROBLEMS
    assert found[0].line == 1


def test_ten_thousand_partners_are_read() -> None:
    text = "partners:\n" + "".join(
        f"- {{id: p{number}, name: Partner {number}, groups: [implementer], level: local}}\n"
        for number in range(10_000)
    )
    document = parse_document(text.encode(), path="large", format="yaml")
    assert document.position(["partners", 9_999, "level"], of_key=True).line == 10_001
