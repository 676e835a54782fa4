"""What pydantic refuses in a file of a pack, in words that say what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from partnerrules.errors import nearest
from partnerrules.packs.making import Model
from partnerrules.packs.validation import validator

Keys = tuple[str | int, ...]

_TEXTS = {
    "string_pattern_mismatch": "Expected letters, digits and dashes, no spaces{found}.",
    "string_type": "Expected a text{found}; put a word such as a number or a date in quotes.",
    "list_type": "Expected a list{found}.",
    "dict_type": "Expected a mapping{found}.",
    "model_type": "Expected a mapping{found}.",
    "bool_type": "Expected yes or no{found}.",
    "bool_parsing": "Expected yes or no{found}.",
    "int_type": "Expected a whole number{found}.",
    "int_parsing": "Expected a whole number{found}.",
    "float_type": "Expected a number{found}.",
    "float_parsing": "Expected a number{found}.",
}


CODES = {
    "extra_forbidden": "unknown-key",
    "literal_error": "unknown-word",
    "missing": "missing-key",
    "string_pattern_mismatch": "unusable-id",
}
"""Pydantic's kind of refusal to the code of the problem; of all others it is WRONG_TYPE."""
WRONG_TYPE = "wrong-type"


def explain(
    error: ValidationError, value: Any, kind: type[Model]
) -> Iterator[tuple[str, Keys, str, str]]:
    """Yield code, path in the file, sentence and nearest valid word for each thing refused."""
    seen: set[Keys] = set()
    for item in error.errors(include_url=False):
        code, near = CODES.get(item["type"], WRONG_TYPE), ""
        keys = _inside(value, item["loc"])
        if code == "missing-key":
            text = f'The key "{item["loc"][-1]}" is missing.'
            keys = keys[:-1]
        elif code == "unknown-key":
            text = f'The key "{keys[-1]}" is not known here.'
            near = nearest(str(keys[-1]), _valid_keys(validator(kind), item["loc"][:-1]))
        elif code == "unknown-word":
            words = _words(str(item["ctx"]["expected"]))
            text = f'"{item["input"]}" is none of {", ".join(words)}.'
            near = nearest(str(item["input"]), words)
        else:
            text = _TEXTS.get(item["type"], item["msg"] + ".").format(found=_found(item["input"]))
        # A value that may be of two kinds is refused once for each of them.
        if code == "missing-key" or keys not in seen:
            yield code, keys, text, near
        seen.add(keys)


def _found(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return f", found a {'mapping' if isinstance(value, dict) else 'list'}"
    return ", found nothing" if value is None else f', found "{value}"'


def _words(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]


def _valid_keys(model: type[BaseModel], loc: Keys) -> Iterable[str]:
    """Return the keys of the model that a path inside of it leads to."""
    found: Any = model
    for part in loc:
        if not isinstance(found, type) or not issubclass(found, BaseModel):
            break
        for name, info in found.model_fields.items():
            if part in (name, info.alias):
                found = _model_in(info.annotation) or found
    return [info.alias or name for name, info in found.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)


def _inside(value: Any, loc: Keys) -> Keys:
    """Keep of pydantic's path what is a path in the file (it adds names of types)."""
    keys: list[str | int] = []
    for part in loc:
        if _leads(value, part):
            value = value[part]
        elif part != loc[-1] or (isinstance(part, str) and "[" in part):
            continue
        keys.append(part)
    return tuple(keys)


def _leads(value: Any, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value
