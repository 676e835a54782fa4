"""GitHub Actions reads one command for each concern, and no other command from any text."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from partnerrules.findings import Report
from partnerrules.report import FORMATS, render
from partnerrules.report.audience import for_audience
from partnerrules.report.github import SHOWN

NAMES = {"file", "line", "endLine", "col", "endColumn", "title"}
OLD = "##["
"""The prefix of commands as they were before; the runner looks for it anywhere in a line."""


class Command(NamedTuple):
    name: str
    about: dict[str, str]
    message: str


def commands(text: str) -> list[Command]:
    """Read lines as the runner does: what begins with `::` up to the next `::` is a command."""
    found = []
    for line in text.splitlines():
        if not line.lstrip().startswith("::"):
            assert OLD not in line
            continue
        head, end, message = line.lstrip()[2:].partition("::")
        assert end
        name, _, settings = head.partition(" ")
        about = dict(one.split("=", 1) for one in settings.split(",") if one)
        for code, character in (("%3A", ":"), ("%2C", ",")):
            about = {key: value.replace(code, character) for key, value in about.items()}
        about = {key: unescaped(value) for key, value in about.items()}
        found.append(Command(name, about, unescaped(message)))
    return found


def unescaped(text: str) -> str:
    assert not re.search("%(?!25|0D|0A)", text.replace("%3A", "").replace("%2C", ""))
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_the_gravest_come_first_with_their_places(rich: Report) -> None:
    told = commands(render(rich, "github"))
    assert [(one.name, one.about["title"]) for one in told] == [
        ("error", "partnerrules (case.key)"),
        ("error", "partnerrules (X20)"),
        ("error", "partnerrules (AGR-01)"),
        ("warning", "partnerrules (CON-01)"),
        ("warning", "partnerrules (CON-01)"),
        ("warning", "partnerrules (GOV-01)"),
        ("warning", "partnerrules (TRA-01)"),
    ]
    first = told[1]
    assert first.about == {
        "file": rich.findings[0].location.path,
        "line": "12",
        "endLine": "12",
        "col": "3",
        "endColumn": "20",
        "title": "partnerrules (X20)",
    }
    assert first.message.splitlines()[0] == "New places without local ground - act now (high)"
    assert "1 point is not known yet." in render(rich, "github")


def test_over_several_lines_it_names_no_columns(rich: Report) -> None:
    place = rich.findings[0].location._replace(end_line=14)
    one = rich.findings[0]._replace(location=place)
    [told] = commands(render(rich._replace(findings=(one,), errors=()), "github"))
    assert {*told.about} == {"file", "line", "endLine", "title"}


def test_no_more_than_github_shows_and_the_rest_is_counted(rich: Report) -> None:
    one = rich.findings[0]
    text = render(rich._replace(findings=(one,) * (SHOWN + 3), errors=()), "github")
    assert len(commands(text)) == SHOWN
    assert "partnerrules: 3 more than GitHub shows" in text


def test_no_text_is_a_command_of_its_own(hostile: Report, long: Report) -> None:
    for report in (hostile, long):
        for audience in ("team", "partners", "public"):
            text = render(for_audience(report, audience), "github")
            assert all(character.isprintable() or character == "\n" for character in text)
            told = commands(text)
            assert len(told) == 1 + sum(not one.set_aside for one in report.findings)
            assert {one.name for one in told} <= {"error", "warning", "notice"}
            assert all({*one.about} <= NAMES for one in told)


def test_nothing_is_said_so(empty: Report) -> None:
    assert commands(render(empty, "github")) == []
    assert "no case" in render(empty, "github")


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_no_format_commands_the_log_that_it_is_shown_in(hostile: Report, format: str) -> None:
    told = commands(render(hostile, format))
    assert bool(told) == (format == "github")
