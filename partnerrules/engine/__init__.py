"""The forward-chaining engine: rules and facts in, conclusions out."""

from __future__ import annotations

from partnerrules.engine.chain import Work, evaluate, jobs_of
from partnerrules.engine.compile import Program, compile_program
from partnerrules.engine.matching import Engine

__all__ = ["Engine", "Program", "Work", "compile_program", "evaluate", "jobs_of", "make_engine"]


def make_engine(name: str, program: Program) -> Engine:
    """Return the engine that is asked for: auto, durable or python.

    Raises ImportError where durable is asked for and cannot be imported.
    """
    from partnerrules.engine.python import PythonEngine  # noqa: PLC0415

    if name == "python":
        return PythonEngine(jobs_of(program))
    from partnerrules.engine.durable import (  # noqa: PLC0415
        DurableEngine,
        TooLarge,
        durable_available,
    )

    if name == "auto" and not durable_available():
        return PythonEngine(jobs_of(program))
    try:
        return DurableEngine(jobs_of(program))
    except TooLarge:
        return PythonEngine(jobs_of(program))
