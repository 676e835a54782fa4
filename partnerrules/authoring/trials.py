"""What came out of the examples of packs, as JUnit XML."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree

from partnerrules.authoring.examples import Trials
from partnerrules.packs import Library
from partnerrules.report.text import plain


def junit_of(trials: Trials, library: Library) -> str:
    """Return one suite for each rule and one case for each example."""
    root = ElementTree.Element("testsuites")
    for rule, rows in groupby(trials.rows, key=lambda row: row[0]):
        examples = list(rows)
        wrong = sum(bool(told) for _, _, told in examples)
        suite = ElementTree.SubElement(
            root, "testsuite", name=rule, tests=str(len(examples)), failures=str(wrong), errors="0"
        )
        for _, name, told in examples:
            case = ElementTree.SubElement(
                suite, "testcase", classname=rule, name=plain(name), file=library.rule_files[rule]
            )
            if told:
                text = plain("; ".join(told))
                ElementTree.SubElement(case, "failure", message=text).text = text
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
