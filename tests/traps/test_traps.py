"""What goes wrong on raw durable-rules and not in our engine, each in its own process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerrules.engine.durable import durable_available

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not durable_available(), reason="durable-rules is not installed")


def run(script: str, side: str, **more: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, str(HERE / script), side],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": path, **more},
    )


def test_two_ids_with_one_hash() -> None:
    assert run("lost_facts.py", "raw").stdout.strip() == "1"
    assert run("lost_facts.py", "ours").stdout.strip() == "1000"


@pytest.mark.skipif(sys.platform != "linux", reason="needs the malloc of glibc")
def test_a_state_in_which_no_action_ran() -> None:
    perturbed = {"MALLOC_PERTURB_": "165"}
    assert run("no_sentinel.py", "raw", **perturbed).returncode != 0
    assert run("no_sentinel.py", "ours", **perturbed).stdout.strip() == "alive"


def test_many_tests_that_wait_for_one_fact() -> None:
    assert "303" in run("pending.py", "raw").stdout
    assert run("pending.py", "ours").stdout.strip() == "200"
