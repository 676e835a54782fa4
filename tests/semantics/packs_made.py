"""One-page packs and cases, written in the tests that use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.findings import Report
from partnerrules.packs import load_pack

PACK = """\
schema: partnerrules.pack/1
id: made
version: "1"
title: A made pack
areas: {all: All}
dimensions: {d: {title: D, area: all}}
stages: {forming: {}}
stage_fact: g.stage
name_fact: g.name
"""


def check(folder: Path, vocabulary: str, rules: str, case: dict[str, Any], engine: str) -> Report:
    """Check a case with a pack of one dimension; rules are YAML documents one after the other."""
    for name in ("vocabulary", "d"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(PACK)
    (folder / "lessons.yaml").write_text("lessons: {L1: {says: Learn., source: B}}\n")
    (folder / "sources.yaml").write_text("sources: {B: {title: A book}}\n")
    (folder / "vocabulary" / "all.yaml").write_text(vocabulary)
    for rule in yaml.safe_load_all(rules):
        filled = {"name": "n", "title": "T", "dimension": "d", "lessons": ["L1"]} | rule
        if rule.get("kind") != "guard":
            filled = {"why": "w"} | filled
        if "concern" in rule:
            filled = {"remediation": {"default": "Talk."}} | filled
        (folder / "d" / f"{rule['id']}-n.yaml").write_text(yaml.safe_dump(filled, sort_keys=False))
    whole = {"schema": "partnerrules.case/1", "case": "c", "assessed_on": "2026-06-30"} | case
    with Checker([load_pack(folder)], engine=engine) as checker:
        document = parse_document(json.dumps(whole).encode(), path="c.json", format="json")
        return checker.check(checker.reader.parse(document))
