"""The forward-chaining engine: rules and facts in, conclusions out."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from partnerrules.engine.chain import Work, evaluate, jobs_of
from partnerrules.engine.compile import Program, compile_program, kept_program
from partnerrules.engine.matching import Engine

__all__ = [
    "Engine",
    "Program",
    "Work",
    "compile_program",
    "evaluate",
    "jobs_of",
    "kept_program",
    "make_engine",
]


def make_engine(name: str, program: Program) -> Engine:
    """Return the engine that is asked for: auto, durable or python.

    Raises ImportError where durable is asked for and cannot be imported.
    """
    from partnerrules.engine.python import PythonEngine

    if name == "python" or (name == "auto" and find_spec("partnerrules.engine.durable") is None):
        return PythonEngine(jobs_of(program))
    durable = import_module("partnerrules.engine.durable")
    if name == "auto" and not durable.durable_available():
        return PythonEngine(jobs_of(program))
    try:
        engine: Engine = durable.DurableEngine(jobs_of(program))
    except durable.TooLarge:
        return PythonEngine(jobs_of(program))
    return engine
