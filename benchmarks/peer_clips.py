"""The five rules in CLIPS, which chains forward as the tool does, by clipspy."""

from __future__ import annotations

import clips

from benchmarks.peer import LEVELS, Concerns, Values

_TEMPLATES = (
    """(deftemplate case (slot form) (slot tasks) (slot differs) (slot stage) (slot going)
        (multislot covers))""",
    """(deftemplate partner (slot id) (slot level) (slot involvement) (slot role)
        (multislot regions))""",
    "(deftemplate region (slot id) (slot status) (slot differs))",
    "(deftemplate clause (slot id))",
    "(deftemplate size (slot number))",
    "(deftemplate growing)",
    "(deftemplate concern (slot rule) (slot subject) (slot level))",
)
_RULES = (
    """(defrule size (declare (salience 20)) (case) => (assert (size (number (length$
        (find-all-facts ((?p partner)) (eq ?p:involvement "throughout")))))))""",
    """(defrule growing (declare (salience 10))
        (or (case (stage "scaling")) (case (going "yes")) (region (status "new" | "planned")))
        => (assert (growing)))""",
    """(defrule AGR-02-low (case (form "own_document") (covers $?covers)) (clause (id ?c))
        (test (not (member$ ?c ?covers)))
        => (assert (concern (rule "AGR-02") (subject ?c) (level 1))))""",
    """(defrule AGR-02-medium (concern (rule "AGR-02") (subject ?c) (level 1)) (size (number ?n))
        (test (or (member$ ?c (create$ "management" "planning" "partnership_review"))
                  (and (eq ?c "decisions") (>= ?n 3))))
        => (assert (concern (rule "AGR-02") (subject ?c) (level 2))))""",
    """(defrule AGR-03-part (exists (partner (involvement "throughout") (role "no")))
        => (assert (concern (rule "AGR-03") (subject "") (level 1))))""",
    """(defrule AGR-03-tasks (case (tasks "no"))
        => (assert (concern (rule "AGR-03") (subject "") (level 1))))""",
    """(defrule AGR-03-several (case (tasks "no")) (size (number ?n&:(>= ?n 4)))
        => (assert (concern (rule "AGR-03") (subject "") (level 2))))""",
    """(defrule AGR-06-low
        (case (stage "operating" | "scaling" | "closing") (differs ~"alike"))
        => (assert (concern (rule "AGR-06") (subject "") (level 1))))""",
    """(defrule AGR-06-medium
        (case (stage "operating" | "scaling" | "closing") (differs "decisions_or_ending"))
        => (assert (concern (rule "AGR-06") (subject "") (level 2))))""",
    """(defrule TRA-01-low (growing) (region (id ?r) (status "new" | "planned"))
        (not (partner (level "local") (role "yes") (regions $? ?r $?)))
        => (assert (concern (rule "TRA-01") (subject ?r) (level 1))))""",
    """(defrule TRA-01-medium (growing) (region (id ?r) (status "new" | "planned"))
        (not (partner (level "local") (regions $? ?r $?)))
        => (assert (concern (rule "TRA-01") (subject ?r) (level 2))))""",
    """(defrule TRA-01-high (concern (rule "TRA-01") (subject ?r) (level 2))
        (region (id ?r) (differs "very"))
        => (assert (concern (rule "TRA-01") (subject ?r) (level 3))))""",
    """(defrule X28 (declare (salience -10)) (case (form "own_document")) =>
        (if (>= (length$ (find-all-facts ((?c concern))
                (and (eq ?c:rule "AGR-02") (= ?c:level 1)))) 5)
         then (assert (concern (rule "X28") (subject "") (level 2)))))""",
)


class Clips:
    """An environment that holds the rules, emptied of facts before each case."""

    name = f"CLIPS (clipspy {clips.__version__})"

    def __init__(self, clauses: list[str]) -> None:
        self.environment = clips.Environment()
        for construct in (*_TEMPLATES, *_RULES):
            self.environment.build(construct)
        names = ("case", "partner", "region", "clause")
        self._new = {name: self.environment.find_template(name).assert_fact for name in names}
        self.clauses = clauses

    def concerns(self, case: Values) -> Concerns:
        """Return what the five rules find."""
        self.environment.reset()
        agreement, partnership = case["agreement"], case["partnership"]
        new = self._new
        for clause in self.clauses:
            new["clause"](id=clause)
        for one in case["regions"]:
            new["region"](id=one["id"], status=one["status"], differs=one["differs_from_original"])
        for one in case["partners"]:
            new["partner"](
                id=one["id"],
                level=one["level"],
                involvement=one["involvement"],
                role=one["role_agreed"],
                regions=one["regions"],
            )
        new["case"](
            form=agreement["form"],
            tasks=agreement["tasks_shared_out"],
            differs=agreement["contract_differs"],
            stage=partnership["stage"],
            going=partnership["going_to_scale"],
            covers=agreement["covers"],
        )
        self.environment.run()
        found: dict[tuple[str, str], int] = {}
        for fact in self.environment.find_template("concern").facts():
            key = fact["rule"], fact["subject"]
            found[key] = max(found.get(key, 0), fact["level"])
        return {key: LEVELS[level] for key, level in found.items()}
