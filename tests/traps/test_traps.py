"""What goes wrong on raw durable-rules and not in our engine, each in its own process.

Not provoked: the 131,072nd handle, since making so many takes more memory than a test may have;
ours makes its handles once and gives them back (tests/engine/test_discipline.py). Rule numbers of
32 bits on Windows; ours has no number in a rule but 0 and 1.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from partnerrules.engine.durable import durable_available

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not durable_available(), reason="durable-rules is not installed")

CRASH, HANG, EITHER = "crash", "hang", "crash or error"
"""Which of the two in EITHER depends on what lies beside the overrun in memory."""
GLIBC = sys.platform == "linux" and platform.libc_ver()[0] == "glibc"
PERTURBED = {"MALLOC_PERTURB_": "165"}
"""New memory is filled with the complement of the value, freed memory with the value."""
WAYS = [PERTURBED, *({"MALLOC_PERTURB_": fill} for fill in ("255", "1", "90", "254"))]
"""Whether an overrun crashes depends on what lies beside it: several ways to fill the memory."""
ZEROED = [
    {**way, "MALLOC_MMAP_THRESHOLD_": "4096", "PADDING": "x" * size}
    for size in range(0, 2000, 250)
    for way in (WAYS[1], WAYS[4])
]
"""With new memory that is zero, or nearly so, behind an environment of several sizes."""

TRAPS = {
    "lost_facts.py": ("1", "1000"),
    "retract.py": (CRASH, "0 of 400 wrong"),
    "no_guard.py": (CRASH, "4950 of 10000, 4950 expected"),
    "no_sentinel.py": (CRASH, "alive"),
    "pending.py": ("Could not assert fact, error code: 303", "70"),
    "negation.py": ("1", "0"),
    "odd_strings.py": ("[True, False, True, True]", "[False, True, False, False]"),
    "odd_numbers.py": ("204 no yes no 312 311", "yes yes no no"),
    "reserved_fields.py": ("0 1", "1 1"),
    "many_patterns.py": ("1 1 304", "durable:1 python:1 python:1"),
    "many_joins.py": ("1 113", "durable:1 python:1"),
    "many_properties.py": ("0 302", "400"),
    "one_test.py 255": ("1", "600"),
    "one_test.py 257": (EITHER, "600"),
    "many_tests.py 511": ("1", "600"),
    "many_tests.py 512": (HANG, "600"),
    "many_cases.py": ("out of memory in 1025", "3000"),
    "many_rules.py": ("Could not create ruleset, error code: 106", "4200"),
    "cap.py": ("30 20 7", "70000"),
}
"""What each script prints at the end for raw durable-rules and for ours."""


def run(script: str, side: str, timeout: int = 120, **more: str) -> tuple[int, str]:
    name, *arguments = script.split()
    path = os.pathsep.join([str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(HERE / name), side, *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        env={**os.environ, "PYTHONPATH": path, **more},
    )
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize("script", TRAPS)
def test_a_trap_of_raw_durable_rules(script: str) -> None:
    expected = TRAPS[script][0]
    if expected == CRASH:
        if not GLIBC:
            pytest.skip("whether it crashes depends on the heap; known for that of glibc")
        ways = ZEROED if script == "retract.py" else WAYS
        assert any(run(script, "raw", **way)[0] < 0 for way in ways)
    elif expected == EITHER:
        code, told = run(script, "raw", **(PERTURBED if GLIBC else {}))
        assert code < 0 or "error code: 108" in told
    elif expected == HANG:
        with pytest.raises(subprocess.TimeoutExpired):
            run(script, "raw", timeout=2)
    else:
        assert run(script, "raw") == (0, expected)


@pytest.mark.parametrize("script", {trap.split()[0]: trap for trap in TRAPS}.values())
def test_our_form_of_the_same_rule_is_right(script: str) -> None:
    assert run(script, "ours", **(PERTURBED if GLIBC else {})) == (0, TRAPS[script][1])


@pytest.mark.skipif(not GLIBC, reason="counts the memory as Linux does")
def test_memory_that_is_never_freed() -> None:
    assert int(run("memory.py", "raw")[1]) > 100
    assert int(run("memory.py", "ours")[1]) < 3


@pytest.mark.skipif(sys.version_info < (3, 13), reason="Python still has the missing symbol")
def test_a_symbol_that_python_does_not_have_any_more() -> None:
    assert run("lazy_import.py", "raw")[1].startswith("ImportError")
    assert run("lazy_import.py", "ours")[1] == "durable_rules_engine"
