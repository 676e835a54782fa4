"""Whatever stands in the files of a pack, the answer is a list of problems and never a crash."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from small import FILES, write

from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.errors import PackError
from partnerrules.packs import load_pack

JUNK: list[Any] = [
    None, True, 0, -1, 1.5, "", "x", "$", "$few", "m", "m.level", "group.size", "{x}", [],
    "yes", {},
    [[]], [{}], ["x", {}], {"x": {}}, {"rule": ["x"]}, {"at_least": {}}, {"some": {"m": []}},
    {"any": {}}, {"not": []}, {"count": {"q": "member", "at_least": []}}, {"holds": {"of": {}}},
]  # fmt: skip
TREES = {
    name: parse_document(text.encode(), path=name, format="yaml").value
    for name, text in FILES.items()
}


def nodes(value: Any, keys: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = [keys] if keys else []
    for key, one in inner if isinstance(value, (dict, list)) else ():
        found += nodes(one, (*keys, key)) if isinstance(one, (dict, list)) else [(*keys, key)]
    return found


def changed(rng: random.Random) -> dict[str, str]:
    """Return the files of the small pack with junk in one or two places."""
    trees = copy.deepcopy(TREES)
    for _ in range(rng.randint(1, 2)):
        tree = trees[rng.choice(list(trees))]
        *way, last = rng.choice(nodes(tree))
        at: Any = tree
        try:
            for key in way:
                at = at[key]
            at[last] = copy.deepcopy(rng.choice(JUNK))
            if isinstance(at, dict) and rng.random() < 0.2:
                at[rng.choice(["x", "some", "m", "concern", "where"])] = at.pop(last)
        except (KeyError, IndexError, TypeError):
            continue
    # JSON is YAML too.
    return {name: json.dumps(tree) for name, tree in trees.items()}


@pytest.mark.parametrize("seed", range(150))
def test_junk_in_a_pack_is_refused_or_taken(seed: int, tmp_path: Path) -> None:
    folder = write(tmp_path / "small", changed(random.Random(seed)))
    try:
        Checker([load_pack(folder)], engine="python").close()
    except PackError as error:
        assert all(problem.message for problem in error.problems)
