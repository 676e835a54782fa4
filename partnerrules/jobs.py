"""Many case files in one run: found, read, evaluated and put together."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerrules.checking import Checker
from partnerrules.engine.durable import durable_available
from partnerrules.errors import PartnerRulesError, Problem
from partnerrules.findings import CaseResult, EngineInfo, ErrorInfo, Report, rank
from partnerrules.packs import load_packs
from partnerrules.shipped import shipped_packs

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


@dataclass(frozen=True)
class Settings:
    """What a checker is made of, so that a process of its own can make one too."""

    packs: tuple[str, ...] = ()
    """Names or folders; empty for all that come with the tool."""
    engine: str = "auto"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    questions: str = ""
    keep: bool = True
    """Whether packs come from the cache folder where they are kept there."""

    def checker(self, paths: Sequence[str] = ()) -> Checker:
        """Make the checker of this process for `paths`; raises PackError."""
        names = self.packs or shipped_packs()
        return Checker(
            load_packs(names, keep=self.keep),
            engine="python" if self.apart(paths) else self.engine,
            parameters=self.parameters,
            questions=self.questions,
        )

    def apart(self, paths: Sequence[str]) -> bool:
        """Say whether durable-rules has to run in a process of its own."""
        return len(paths) > 1 and self.engine != "python" and durable_available()


SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".yaml.gz", ".json.gz", ".jsonl.gz")
"""What looks like a case; a kind that cannot be read yet is an error, not passed over."""

_SCHEMA = re.compile(rb"""^[\s{,]*["']?schema["']?\s*:\s*["']?(partnerrules\.[a-z]+)/""", re.M)
_ENDS = 64 * 1024
"""Bytes looked at from either end of a file: JSON with sorted keys names its schema late."""


def find_cases(names: Iterable[str]) -> tuple[list[str], list[Problem]]:
    """Return the case files behind names of files and folders, and what leads to none."""
    paths: list[str] = []
    problems: list[Problem] = []
    for name in names:
        if not os.path.lexists(name) and glob.has_magic(name):
            inside = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - it may be absolute
            text = "No file fits this pattern."
        elif Path(name).is_dir():
            folder = Path(name)
            inside = [str(one) for one in sorted(folder.rglob("*")) if _may_be_case(folder, one)]
            text = "There is no case file in this folder."
        else:
            inside = [name]
        if not inside:
            problems.append(Problem("no-case", text, name))
        paths.extend(inside)
    return list({os.path.realpath(path): path for path in reversed(paths)}.values())[::-1], problems


def _may_be_case(root: Path, path: Path) -> bool:
    parts = path.relative_to(root).parts
    if not path.name.lower().endswith(SUFFIXES) or any(part.startswith(".") for part in parts):
        return False
    if path.is_dir():
        return False
    inside = [root, *(root.joinpath(*parts[:end]) for end in range(1, len(parts)))]
    if any((folder / "pack.yaml").is_file() for folder in inside):
        return False
    try:
        with path.open("rb") as file:
            text = file.read(_ENDS)
            if file.seek(0, os.SEEK_END) > _ENDS:
                file.seek(-_ENDS, os.SEEK_END)
                text += file.read()
    except OSError:
        return True
    kinds = set(_SCHEMA.findall(text))
    return not kinds or b"partnerrules.case" in kinds


Outcome = Report | tuple[Problem, ...]
"""What came of one file: its report, or what is to be mended in it."""


class WorkerDied(Exception):
    """The process that evaluates ended before it had answered."""


class WorkerError(Exception):
    """An error of the tool in another process: its words, and its trace."""


def check_paths(
    settings: Settings, checker: Checker, paths: Sequence[str], problems: Iterable[Problem] = ()
) -> Report:
    """Evaluate files with the checker that `settings` made for them.

    A file that cannot be read, and each of `problems`, is an error beside the others. With more
    than one file durable-rules runs in a process of its own: its C code never runs in the process
    that writes the output. Where that process dies, the file that it was at is done again in a new
    one, and where that dies too by the Python engine; its case says so.
    """
    if not settings.apart(paths):
        return _join(checker, (_outcome(checker, path) for path in paths), problems)
    report = _join(checker, _apart(settings, checker, paths), problems)
    return replace(report, engine=replace(report.engine, name="durable"))


def _outcome(checker: Checker, path: str) -> Outcome:
    try:
        return checker.check(checker.reader.read(path))
    except PartnerRulesError as error:
        return error.problems


def _apart(settings: Settings, checker: Checker, paths: Sequence[str]) -> Iterator[Outcome]:
    done, alone = 0, False
    while done < len(paths):
        try:
            for outcome in _in_worker(settings, paths[done : done + 1] if alone else paths[done:]):
                yield outcome
                done += 1
            alone = False
        except WorkerDied:
            if alone:
                yield _taken_over(_outcome(checker, paths[done]))
                done += 1
            alone = not alone


def _taken_over(outcome: Outcome) -> Outcome:
    if isinstance(outcome, tuple):
        return outcome
    return replace(outcome, cases=tuple(replace(one, engine="python") for one in outcome.cases))


def _in_worker(settings: Settings, paths: Sequence[str]) -> Iterator[Outcome]:
    """Yield the outcomes of files as another process gives them; raise WorkerDied if it dies."""
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_serve, args=(theirs, settings, tuple(paths)), daemon=True)
    try:
        with _deaf_to_interrupts():
            worker.start()
        theirs.close()
        for _ in paths:
            try:
                outcome = ours.recv()
            except (EOFError, ConnectionError):
                raise WorkerDied from None
            if isinstance(outcome, WorkerError):
                said, trace = outcome.args
                raise WorkerError(said) from WorkerError(trace)
            if isinstance(outcome, PartnerRulesError):
                raise outcome
            yield outcome
    finally:
        # Also after Ctrl-C, and where nobody wants the rest.
        if worker.pid is not None:
            worker.kill()
            worker.join()
        ours.close()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let a process that starts now not hear Ctrl-C: this one hears it, and ends the other."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(answers: Connection, settings: Settings, paths: Sequence[str]) -> None:
    """Evaluate files and send what came of each; the work of the other process."""
    try:
        with settings.checker() as checker:
            for path in paths:
                answers.send(_outcome(checker, path))
    except PartnerRulesError as error:
        answers.send(error)
    except Exception as error:
        import traceback

        # Not the error itself: one that cannot be sent would look like a death.
        answers.send(WorkerError(f"{type(error).__name__}: {error}", traceback.format_exc()))


def _once(reports: list[Report]) -> tuple[list[Report], list[Problem]]:
    """Leave out every case whose id stands in two files: which one is meant nobody can say."""
    places: dict[str, list[str]] = {}
    for report in reports:
        places.setdefault(report.cases[0].case.casefold(), []).append(report.cases[0].path)
    twice = {case: sorted(paths) for case, paths in places.items() if len(paths) > 1}
    problems = []
    for case, paths in twice.items():
        for path in paths:
            others = ", ".join(other for other in paths if other != path)
            text = f'The case id "{case}" stands in {others} too; give each case one of its own.'
            problems.append(Problem("case-twice", text, path))
    return [one for one in reports if one.cases[0].case.casefold() not in twice], problems


def _join(checker: Checker, outcomes: Iterable[Outcome], problems: Iterable[Problem]) -> Report:
    """Put the outcomes of single files together, in the order of the contract."""
    evaluated: list[Report] = []
    problems = list(problems)
    for outcome in outcomes:
        if isinstance(outcome, Report):
            evaluated.append(outcome)
        else:
            problems.extend(outcome)
    reports, twice = _once(evaluated)
    # The order in which files are named changes nothing; within a file the places are in order.
    errors = tuple(map(_error, sorted((*problems, *twice), key=lambda one: one.path)))
    broken = sorted({error.path for error in errors})
    cases = [one for report in reports for one in report.cases]
    cases += [CaseResult("", path, "", "error", path) for path in broken]
    empty = checker.empty()
    engine = EngineInfo(
        empty.engine.name,
        empty.engine.jobs,
        sum(report.engine.tokens for report in reports),
        sum(report.engine.matches for report in reports),
    )
    return replace(
        empty,
        engine=engine,
        cases=tuple(sorted(cases, key=lambda one: (one.case, one.path))),
        findings=tuple(
            sorted(
                (one for report in reports for one in report.findings),
                key=lambda one: (one.case, -rank(one.severity), one.rule, one.subject),
            )
        ),
        strengths=_joined(reports, "strengths"),
        not_assessed=_joined(reports, "not_assessed"),
        limits=_joined(reports, "limits"),
        questions=_joined(reports, "questions"),
        errors=errors,
    )


def _joined(reports: list[Report], name: str):  # type: ignore[no-untyped-def]
    in_order = sorted(reports, key=lambda report: report.cases[0].case)
    return tuple(one for report in in_order for one in getattr(report, name))


def _error(problem: Problem) -> ErrorInfo:
    return ErrorInfo(
        problem.code,
        problem.path,
        problem.line,
        problem.column,
        str(replace(problem, path="", line=None, column=None)),
    )
