"""With many cases durable-rules runs in a process of its own, and its death costs nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from partnerrules import jobs
from partnerrules.checking import Checker
from partnerrules.engine.durable import durable_available
from partnerrules.findings import Report

ROOT = Path(__file__).parents[2]
CASES = sorted(str(path) for path in (ROOT / "cases/made-up").glob("*.yaml"))

pytestmark = pytest.mark.skipif(
    not durable_available(), reason="without durable-rules there is no process of its own"
)


def test_a_worker_gives_the_report_that_this_process_would_give() -> None:
    order = jobs.Order(jobs.Settings(("core",), "durable"))
    with order.settings.checker() as checker:
        alone = [one for path in CASES for one in _reports(order, checker, path)]
    with order.settings.checker(here=False) as checker:
        assert checker.engine.name == "python"
        assert jobs.apart(order, jobs.look_for(CASES), 1)
        assert _reports(order, checker, *CASES) == alone


OTHER_DEATHS = [
    *[("bd", "SIGSEGV"), ("abcde", "SIGKILL")],
    *[(deadly, signal) for deadly in "ace" for signal in ("SIGKILL", "SIGSEGV")],
]


def _reports(order: jobs.Order, checker: Checker, *paths: str) -> list[Report | None]:
    return [done.report for done in jobs.run_cases(order, checker, jobs.look_for(paths))]


@pytest.mark.parametrize(
    ("deadly", "signal"),
    [
        *[("bd", "SIGKILL"), ("abcde", "SIGSEGV")],
        *(pytest.param(*one, marks=pytest.mark.slow) for one in OTHER_DEATHS),
    ],
)
def test_a_case_that_kills_its_process_is_evaluated_by_the_other_engine(
    run: Any, write: Any, plant: Any, signal: str, deadly: str
) -> None:
    write(**dict.fromkeys("abcde", ""))
    body = (
        f"    if checker.engine.name == 'durable' and case.id in {deadly!r}:\n"
        f"        os.kill(os.getpid(), signal.{signal})"
    )
    done = run("check", ".", "nothing.yaml", "-f", "json", planted=plant(body))
    assert done.returncode == 3, done.stderr
    report = json.loads(done.stdout)
    engines = [(one["case"], one["engine"]) for one in report["cases"] if one["case"]]
    assert engines == [(case, "python" if case in deadly else "") for case in "abcde"]
    assert [error["path"] for error in report["errors"]] == ["nothing.yaml"]
    calm = json.loads(run("check", ".", "nothing.yaml", "-f", "json").stdout)
    assert report["findings"] == calm["findings"]


def test_a_process_that_dies_only_once_leaves_no_trace(
    run: Any, write: Any, plant: Any, tmp_path: Path
) -> None:
    write(**dict.fromkeys("abc", ""))
    mark = str(tmp_path / "died")
    body = (
        f"    if case.id == 'b' and not os.path.exists({mark!r}):\n"
        f"        open({mark!r}, 'w').close()\n"
        "        os.kill(os.getpid(), signal.SIGKILL)"
    )
    died = run("check", "a.yaml", "b.yaml", "c.yaml", "-f", "json", planted=plant(body))
    assert Path(mark).exists()
    assert died.stdout == run("check", "a.yaml", "b.yaml", "c.yaml", "-f", "json").stdout
