"""With many cases durable-rules runs in a process of its own, and its death costs nothing."""

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from partnerrules import jobs
from partnerrules.engine.durable import durable_available

ROOT = Path(__file__).parents[2]
CASES = sorted(str(path) for path in (ROOT / "cases/made-up").glob("*.yaml"))
needs_durable = pytest.mark.skipif(not durable_available(), reason="durable-rules is not installed")


@needs_durable
def test_a_worker_gives_the_report_that_this_process_would_give() -> None:
    settings = jobs.Settings(("core",), "durable", {}, "")
    with settings.checker() as checker:
        here = jobs.check_all(checker, CASES)
    assert jobs.check_apart(settings, CASES) == here


@needs_durable
def test_a_case_that_kills_the_worker_is_evaluated_by_the_python_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = jobs._in_worker

    def dies(settings: jobs.Settings, paths: list[str]) -> object:
        if any("river" in path for path in paths):
            raise BrokenProcessPool("killed")
        return real(settings, paths)

    monkeypatch.setattr(jobs, "_in_worker", dies)
    report = jobs.check_apart(jobs.Settings(("core",), "durable", {}, ""), CASES)
    engines = {case.case: case.engine for case in report.cases}
    assert engines.pop("river-alliance") == "python"
    assert set(engines.values()) == {""} and len(engines) == len(CASES) - 1
    assert report.errors == ()
