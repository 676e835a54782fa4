"""The report in short: what is new first, and no text of a case is markup, a link or a call."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from partnerrules.findings import Gate, Report
from partnerrules.report import render
from partnerrules.report.audience import for_audience
from partnerrules.report.markup import JOINER, marked
from partnerrules.report.text import plain

PAGES = "https://partners.example/docs/rules"
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
CALLS = re.compile(r"https?://|www\.|mailto:\w|\w@\w|(?<![\w\\])@\w|#\d|GH-\d|:\w+:", re.IGNORECASE)
"""What GitHub makes links, mail or pictures of, wherever it stands in a text."""
OURS = {
    "heading", "paragraph", "bullet_list", "list_item", "strong", "em", "link", "text", "inline",
}  # fmt: skip


def tokens(text: str) -> Iterator[Token]:
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def kind(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")


def shown(text: str) -> str:
    return "".join(one.content for one in tokens(text) if one.type in {"text", "text_special"})


@pytest.mark.parametrize("pages", ["", PAGES])
@pytest.mark.parametrize("audience", ["team", "partners", "public"])
@pytest.mark.parametrize("which", ["rich", "hostile", "long", "empty"])
def test_there_is_no_markup_but_ours(
    request: pytest.FixtureRequest, which: str, audience: str, pages: str
) -> None:
    report = for_audience(request.getfixturevalue(which), audience)
    text = render(report, "md", pages=pages)
    found = [*tokens(text)]
    assert {kind(one) for one in found} - OURS <= {"text_special"}
    for one in found:
        if one.type == "link_open":
            assert str(one.attrs["href"]).startswith(f"{PAGES}/core/")
        if one.type in {"text", "text_special"}:
            assert not CALLS.search(one.content), one.content
            assert one.content.replace(JOINER, "").isprintable()
    assert (pages in text) == bool(report.findings) or not pages
    assert len(text) < 65_536


@given(st.text() | st.text("\\`*_[]<>#|~$&!-+=:@.)(1w/ \nhtps", max_size=30))
def test_text_stays_text(text: str) -> None:
    wanted = plain(text)
    for before in ("", "- ", "## ", "- **a** "):
        read = shown(f"{before}{marked(text)}").replace(JOINER, "")
        assert read.strip(" ") == f"{'a ' * ('a' in before)}{wanted}".strip(" ") or not wanted
    assert not CALLS.search(shown(marked(text)))


def test_what_is_new_or_worse_comes_before_what_was_there(rich: Report) -> None:
    known = rich.findings[2]._replace(state="known", waiver=None)
    text = render(rich._replace(findings=(known, *rich.findings[:2], *rich.findings[5:])), "md")
    order = ["### New or worse since the last time", "New places", "### As the last time"]
    order += ["An agreed way", "### What to ask", "### What is strong"]
    assert sorted(order, key=text.index) == order
    assert "Set aside with a reason: 1 point" in text
    assert "### Was a concern, and is not known now" in text


def test_without_a_baseline_nothing_is_called_new(rich: Report) -> None:
    fresh = rich._replace(findings=tuple(one._replace(state="new") for one in rich.findings))
    text = render(fresh, "md")
    assert "### Of concern" in text
    assert "last time" not in text


def test_the_gravest_question_is_asked_first_and_of_whom(rich: Report) -> None:
    text = shown(render(rich, "md"))
    assert "How much would be at stake? (to ask: Each partner)" in text
    assert "1 strength is reported; a second source would bear this out" in text


def test_many_cases_fit_into_a_comment(rich: Report) -> None:
    one = rich.cases[0]
    many = tuple(one._replace(case=f"c{number}", name="n" * 300) for number in range(900))
    text = render(rich._replace(cases=many, errors=()), "md")
    assert len(text) < 65_536
    left = re.search(r"no room here for (\d+) more cases", text)
    assert left and text.count("\n## ") + int(left[1]) == 900


def test_it_says_why_the_gate_was_not_passed(rich: Report) -> None:
    gate = Gate({}, False, tuple("abcdefg"))
    text = render(rich._replace(gate=gate), "md")
    assert text.index("**The gate was not passed:**\n\n- a\n- b") < text.index("## ")
    assert "- and 2 more reasons" in text
    assert "not passed" not in render(rich._replace(gate=gate._replace(passed=True)), "md")


def test_nothing_is_said_so(empty: Report) -> None:
    assert "There was no case to look at." in render(empty, "md")


def test_where_not_all_cases_have_room_the_gravest_come_first(rich: Report) -> None:
    quiet, last = rich.cases[0], rich.cases[0].case
    many = [quiet._replace(case=f"a{number}", name="n" * 300) for number in range(900)]
    report = rich._replace(cases=(*many, quiet._replace(name="The grave one")), errors=())
    assert any(one.case == last and one.severity == "high" for one in report.findings)
    text = render(report, "md")
    assert text.index("The grave one") < text.index("nnn")
    assert "the gravest come first" in text
