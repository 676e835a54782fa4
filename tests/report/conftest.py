"""The reports that every format is tested with: all kinds of things, hostile texts, nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from partnerrules import findings as f

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def rich() -> f.Report:
    """Return a report with everything that one can hold."""
    import report_kinds as kinds

    return f.Report(
        version="0.1.0",
        engine=f.EngineInfo("durable", 3, 40, 7),
        packs=(f.PackInfo("core", "0.1.0", "b" * 64),),
        parameters={"core": {"many_partners": 8}},
        questions_set="first-look",
        audience="team",
        cases=kinds.cases(),
        findings=(*kinds.together(), *kinds.possible(), *kinds.compared()),
        strengths=kinds.strengths(),
        not_assessed=kinds.not_assessed(),
        sound=(f.Sound("X07", "steps-in-order", "small", ()),),
        limits=kinds.limits(),
        questions=kinds.questions(),
        errors=(f.ErrorInfo("case.key", "c.yaml", 4, 1, 'c.yaml: unknown key "\x1b[1mx".'),),
        gate=f.Gate({"fail_on": "high"}, False, ("1 concern is high",)),
        profile="local",
        changes=kinds.changes(),
        attestations=f.FileInfo("attested.yaml", "c" * 64),
        baseline=f.FileInfo("old.json", "d" * 64),
        waivers=f.FileInfo("waivers.yaml", "e" * 64),
    )


@pytest.fixture
def hostile(rich: f.Report) -> f.Report:
    """Return a report in which every text wants to be more than text."""
    from report_hostile import TEXTS, hostile_report

    return hostile_report(rich, TEXTS)


@pytest.fixture
def long(rich: f.Report) -> f.Report:
    """Return a report with texts of many pages."""
    from report_hostile import LONG, hostile_report

    return hostile_report(rich, LONG)


@pytest.fixture
def empty(rich: f.Report) -> f.Report:
    """Return what comes of no case."""
    return rich._replace(
        profile="",
        changes=(),
        cases=(),
        findings=(),
        strengths=(),
        sound=(),
        not_assessed=(),
        limits=(),
        questions=(),
        errors=(),
        gate=None,
        attestations=None,
        baseline=None,
        waivers=None,
        packs=(),
        parameters={},
    )
