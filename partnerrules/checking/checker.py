"""One case in, one report out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from types import TracebackType
from typing import Any

from partnerrules.cases import Case, reader_of
from partnerrules.checking.build import Builder
from partnerrules.checking.grounds import Grounds
from partnerrules.checking.outcomes import grounds_of
from partnerrules.checking.prepared import Prepared
from partnerrules.checking.results import Result
from partnerrules.checking.summary import Coverage, answered, looked_at, questions, verdicts
from partnerrules.engine import Engine, Work, compile_program, evaluate, kept_program, make_engine
from partnerrules.errors import PackError, Problem, SettingError, nearest
from partnerrules.facts.world import World
from partnerrules.findings import CaseResult, Change, EngineInfo, FileInfo, PackInfo, Report
from partnerrules.packs import Library, Pack, checked_before
from partnerrules.packs.sets import sets_told
from partnerrules.shipped import VERSION


class Checker:
    """Compiled packs and an engine, for many cases; use it as a context manager.

    `reader` reads cases by the vocabulary of the packs, with the answers that `attestations` gives.
    """

    def __init__(
        self,
        packs: Iterable[Pack],
        *,
        engine: str = "auto",
        parameters: Mapping[str, Any] | None = None,
        questions: str = "",
        profile: str = "",
        attestations: str | PathLike[str] = "",
    ) -> None:
        if profile:
            from partnerrules.packs.profiles import with_profile

            packs = with_profile(packs, profile)
        self.library = Library(packs, parameters)
        # Levels nest or not by the parameters: with others the packs are checked again.
        if parameters or not checked_before(self.library.packs):
            _check(self.library, parameters or {})
            self.program = compile_program(self.library)
        else:
            self.program = kept_program(self.library)
        self.changes = tuple(_changes(self.library, parameters or {}))
        self.prepared = Prepared(self.program)
        self.reader = reader_of(self.library, attestations)
        self.questions = questions
        self.wanted = self._wanted(questions)
        self.engine: Engine = make_engine(engine, self.program)

    def __enter__(self) -> Checker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back what the engine holds."""
        self.engine.close()

    def _wanted(self, name: str) -> frozenset[str]:
        if not name:
            return frozenset()
        if name not in self.library.sets:
            known = [f"{key} ({told})" for key, told in sets_told(self.library).items()]
            there = f"there are {', '.join(known)}" if known else "there are none"
            text = f"No loaded pack has a set of questions of this name; {there}."
            near = nearest(name, self.library.sets)
            raise SettingError([Problem("unknown-set", text, key=name, nearest=near)])
        return self.library.asked(name)

    def grounds(self, case: Case) -> Grounds:
        """Return what every rule says of every subject, with what it rests on."""
        world, _ = evaluate(self.program, case, self.engine)
        return grounds_of(self.program, world)

    def outcomes(self, case: Case) -> list[Result]:
        """Return what every rule says of every subject, without texts and proofs."""
        return list(self.grounds(case).found.values())

    def check(self, case: Case) -> Report:
        """Evaluate one case; raises EvaluationError beyond a stated limit."""
        engine, taken_over = self.engine, ""
        try:
            world, work = evaluate(self.program, case, engine)
        except Exception as error:
            if type(error).__name__ != "TooLarge":
                raise
            engine, taken_over = make_engine("python", self.program), "python"
            world, work = evaluate(self.program, case, engine)
        return self._report(case, world, work, taken_over)

    def _report(self, case: Case, world: World, work: Work, taken_over: str) -> Report:
        prepared = self.prepared
        grounds = grounds_of(self.program, world)
        coverage = Coverage(prepared, world, self.wanted)
        rules = looked_at(coverage, grounds.found.values())
        builder = Builder(prepared, grounds, coverage)
        findings = builder.findings()
        answers = list(case.every_answer())
        name = world.answer(self.library.name_fact)
        result = CaseResult(
            case.id,
            case.document.path,
            case.document.sha256,
            "evaluated",
            str(name.values[0]) if name.values else case.id,
            builder.stages,
            answered(prepared, coverage, rules),
            len({person for answer in answers for person in answer.respondents}),
            sum(bool(answer.source) for answer in answers),
            verdicts(prepared, coverage, rules, findings),
            taken_over,
        )
        empty, strengths = self.empty(), builder.strengths()
        return empty._replace(
            engine=empty.engine._replace(tokens=work.tokens, matches=work.matches),
            cases=(result,),
            findings=findings,
            strengths=strengths,
            sound=builder.sound(strengths),
            not_assessed=builder.not_assessed(),
            limits=builder.limits(),
            questions=questions(prepared, case.id, findings, builder.member_name),
        )

    def empty(self) -> Report:
        """Return a report that says what was used, and nothing of any case."""
        given = self.reader.attestations
        return Report(
            VERSION,
            EngineInfo(self.engine.name, len(self.program.plans), 0, 0),
            tuple(PackInfo(p.id, p.file.version, p.sha256) for p in self.library.packs),
            dict(sorted(self.library.parameters.items())),
            self.questions,
            "team",
            *((),) * 6,
            profile=next((pack.profile for pack in self.library.packs if pack.profile), ""),
            changes=self.changes,
            attestations=given and FileInfo(given.path, given.sha256),
        )


def _check(library: Library, parameters: Mapping[str, Any]) -> None:
    """Raise PackError for what is wrong in packs, SettingError where parameters make it so."""
    from partnerrules.packs.checks import check_library

    try:
        check_library(library)
    except PackError as error:
        if not parameters:
            raise
        check_library(Library(library.packs))
        key = ", ".join(parameters)
        texts = [f"With this the packs do not fit together: {one}" for one in error.problems]
        raise SettingError(Problem("parameter-clash", text, key=key) for text in texts) from None


def _changes(library: Library, parameters: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what this run sets otherwise than the packs: by their profile, and by itself."""
    before = {one.name: one for pack in library.packs for one in pack.changes}
    yield from (one for name, one in before.items() if name not in parameters)
    for name, value in sorted(parameters.items()):
        was = before[name].was if name in before else library.declared_parameter(name).value
        if was != value:
            yield Change("parameter", name, was, value, "")


def check(
    case: Case,
    packs: Iterable[Pack],
    *,
    engine: str = "auto",
    parameters: Mapping[str, Any] | None = None,
    questions: str = "",
    profile: str = "",
) -> Report:
    """Evaluate one case with packs; the same case and packs give the same report."""
    with Checker(
        packs, engine=engine, parameters=parameters, questions=questions, profile=profile
    ) as checker:
        return checker.check(case)
