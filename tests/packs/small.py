"""A small pack that is right; tests make one thing wrong in it."""

from __future__ import annotations

from pathlib import Path

from partnerrules.errors import PackError, Problem
from partnerrules.packs import Library, load_pack
from partnerrules.packs.checks import check_library

FILES = {
    "pack.yaml": """\
schema: partnerrules.pack/1
id: small
version: "1"
title: A small pack
areas: {together: Together}
dimensions:
  meeting: {title: Meeting, area: together}
stages:
  forming: {}
  operating: {group.stage: {at_least: operating}}
stage_fact: group.stage
name_fact: group.name
parameters:
  few: {value: 3, basis: convention, source: BOOK}
  many: {value: 8, basis: default}
""",
    "vocabulary/words.yaml": """\
groups:
  group:
    title: The group
    dimension: meeting
    facts:
      name: {type: text, question: What is it called?}
      stage: {type: choice, ordered: yes, choices: {forming: Forming, operating: At work}}
      mood: {type: choice, ordered: yes, choices: {bad: Bad, fair: Fair, good: Good}}
      size: {type: number}
      begun: {type: date}
      ended: {type: date}
      open: {type: yes_no}
      topics: {type: choices, choices: {money: Money, time: Time}}
      chair: {type: reference, to: member}
      covers: {type: references, to: topic}
      rating: {type: choice, derived: yes, choices: {high: High, low: Low}}
      marks: {type: choices, derived: yes, choices: {busy: Busy, calm: Calm}}
entities:
  member:
    collection: members
    title: Member
    facts:
      level: {type: choice, choices: {local: Local, national: National}}
      place: {type: reference, to: place}
  place: {collection: places, title: Place, facts: {far: {type: yes_no}}}
  topic: {members: {roles: the roles, money: the money}}
measures:
  group.members: {count: {m: member}}
  group.share_local: {over: {m: member}, share: {m.level: local}}
""",
    "questions/all.yaml": """\
questions:
  chair:
    question: Is there a chair, and how many are they?
    sets: [group.chair]
    choices:
      small: {says: A few, sets: {group.mood: good}}
""",
    "sets/first.yaml": """\
id: first
title: A first talk
questions: [chair, group.size, members.level]
short_form: [chair]
""",
    "lessons.yaml": "lessons:\n  L1: {says: Meet often., source: BOOK}\n",
    "sources.yaml": "sources:\n  BOOK: {title: A book}\n",
    "profiles/club.yaml": """\
id: club
title: A club
parameters: {few: {value: 2, why: Clubs are small.}}
severities: {MEE-01.many: {level: medium, why: Clubs cope.}}
""",
    "meeting/MEE-01-size.yaml": """\
id: MEE-01
name: size
title: How many they are
dimension: meeting
lessons: [L1]
due: [operating]
was: OLD-01
concern:
  few:
    level: low
    when: {group.size: {at_least: $few}}
    says: "They are {group.size}, more than {$few}, and {names m} is local."
  many:
    level: high
    when:
      - {group.size: {at_least: $many}}
      - {some: {m: member, where: {m.level: local}}}
    says: They are very many.
why: Large groups need somebody who keeps the threads together.
remediation: {default: Name a chair., operating: Name a chair now.}
""",
    "meeting/MEE-02-members.yaml": """\
id: MEE-02
name: members
title: Where each is at home
dimension: meeting
lessons: [L1]
for_each: {m: member}
given: {m.level: national}
concern:
  far: {level: low, when: {m.place.far: yes}, says: "{m.name} is far from {m.place}."}
why: Distance costs time.
remediation: {default: "Meet where {m.name} is at home."}
""",
    "meeting/MEE-03-both.yaml": """\
id: MEE-03
name: both
title: Large and far apart
kind: compound
dimension: meeting
lessons: [L1]
for_each: {m: member}
given:
  - {concern: {rule: MEE-01, at_least: high}}
  - {concern: {rule: MEE-02, subject: m}}
concern:
  both: {level: high, says: Both come together.}
parts: [{rule: MEE-01}, {rule: MEE-02, subject: m}]
why: The two add up.
remediation: {default: Meet twice.}
""",
    "meeting/MEE-04-rating.yaml": """\
id: MEE-04
name: rating
title: What the mood amounts to
kind: derive
dimension: meeting
lessons: [L1]
derive:
  fact: group.rating
  first_of:
    - {value: high, when: {group.mood: good}}
  otherwise: low
""",
    "meeting/MEE-05-marks.yaml": """\
id: MEE-05
name: marks
title: What marks the group
kind: derive
dimension: meeting
lessons: [L1]
derive: {fact: group.marks, add: busy, when: {group.open: yes}}
""",
    "meeting/MEE-06-calm.yaml": """\
id: MEE-06
name: calm
title: While the group is young
kind: guard
dimension: meeting
lessons: [L1]
when: {group.stage: forming}
target: {dimensions: [meeting], except: [MEE-03]}
cap: medium
note: The group is young.
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of a pack."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def problems_of(*folders: Path) -> tuple[Problem, ...]:
    """Return what is wrong with packs."""
    try:
        check_library(Library([load_pack(folder) for folder in folders]))
    except PackError as error:
        return error.problems
    return ()
