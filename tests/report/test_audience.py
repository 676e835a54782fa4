"""What was told in confidence stays with the team."""

from __future__ import annotations

import pytest

from partnerrules.findings import Report, Waiver, near
from partnerrules.report import FORMATS, render
from partnerrules.report.audience import ADVICE, RESTING, _with_paths, for_audience

SECRET = "leans on us"


@pytest.mark.parametrize("format", sorted(FORMATS))
@pytest.mark.parametrize("audience", ["partners", "public"])
def test_no_format_tells_a_confidential_answer(rich: Report, audience: str, format: str) -> None:
    text = render(for_audience(rich, audience), format)
    for told in (SECRET, "interview R1", "minutes of 12 May", "conflict/pressure", "yaml:44"):
        assert told not in text


def test_partners_is_who_a_report_is_for_unless_said_otherwise(rich: Report) -> None:
    assert for_audience(rich).audience == "partners"
    assert "A confidential answer" in render(for_audience(rich), "table")


def test_the_team_reads_everything(rich: Report) -> None:
    assert for_audience(rich, "team") == rich
    assert SECRET in " ".join(render(rich, "table").split())


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_the_public_reads_no_paths(rich: Report, format: str) -> None:
    text = render(for_audience(rich, "public"), format)
    assert ".yaml" not in text
    assert "old.json" not in text
    assert "a" * 64 not in text


def test_what_was_left_out_stays_out(rich: Report) -> None:
    partners = for_audience(rich)
    assert SECRET not in render(for_audience(partners, "team"), "json")
    assert for_audience(partners) == partners


def test_an_unknown_audience_is_refused(rich: Report) -> None:
    with pytest.raises(ValueError, match="partners"):
        for_audience(rich, "everybody")


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_no_sentence_says_what_a_confidential_answer_was(rich: Report, audience: str) -> None:
    strengths = tuple(one._replace(confidential=True) for one in rich.strengths)
    told = for_audience(rich._replace(strengths=strengths), audience)
    for before, after in zip(rich.findings, told.findings, strict=True):
        hidden = any(step.status == "confidential" for step in before.proof.steps)
        assert hidden == (after.message != before.message)
        assert not hidden or (after.because, before.message in str(after)) == ("", False)
        helps = before.remediation if not hidden or not before.advice else ADVICE
        assert after.remediation == helps
        assert after.advice is None or after.advice.text == helps
    assert rich.strengths
    assert all(one.message == f"A strength. {RESTING}" for one in told.strengths)
    assert for_audience(rich._replace(strengths=strengths), "team").findings == rich.findings


def test_who_approved_a_waiver_the_team_reads_and_why_not_everybody(rich: Report) -> None:
    team = {one.rule: one for one in rich.findings if one.waiver}
    assert team
    assert all(one.waiver.approved_by and one.waiver.reason for one in team.values() if one.waiver)
    for audience, reads in (("partners", True), ("public", False)):
        for one in for_audience(rich, audience).findings:
            if one.waiver:
                before = team[one.rule].waiver
                assert (one.waiver.approved_by, bool(one.waiver.reason)) == ("", reads)
                assert before and one.waiver.expires == before.expires


@pytest.mark.parametrize("format", sorted(FORMATS))
@pytest.mark.parametrize("over", [True, False])
def test_no_reason_of_a_waiver_says_what_a_confidential_answer_was(
    rich: Report, format: str, over: bool
) -> None:
    waiver = Waiver("accepted_risk", f"Accepted since {SECRET}.", "Ada", "2026-01-01", "2026-03-31")
    first = rich.findings[0]._replace(waiver=waiver._replace(over=over))
    told = for_audience(rich._replace(findings=(first, *rich.findings[1:])), "partners")
    text = " ".join(render(told, format, everything=True).split())
    assert SECRET not in text and "Ada" not in text
    assert "2026-03-31" in text or format in ("github", "gitlab")


HOME = "/srv/ada/river"
OUTSIDE = [
    ("cases/river.yaml", "cases/river.yaml"),
    ("river.yaml", "river.yaml"),
    ("-", "-"),
    (f"{HOME}/river.yaml", "river.yaml"),
    ("../ada/river.yaml", "river.yaml"),
    ("cases/../../ada/river.yaml", "river.yaml"),
    ("~/river.yaml", "river.yaml"),
    ("C:\\Users\\ada\\river.yaml", "river.yaml"),
    ("\\\\server\\ada\\river.yaml", "river.yaml"),
]


@pytest.mark.parametrize(("path", "wanted"), OUTSIDE)
def test_partners_read_no_folder_outside_of_the_working_folder(path: str, wanted: str) -> None:
    assert near(path) == wanted


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_no_format_tells_partners_who_ran_it(rich: Report, format: str) -> None:
    moved = _with_paths(rich, lambda path: f"{HOME}/{path}")
    assert "/srv/ada" in render(moved, format)
    named = _with_paths(rich, lambda path: path.rpartition("/")[2])
    told = for_audience(moved)
    assert render(told, format) == render(for_audience(named), format)
    assert for_audience(told) == told
