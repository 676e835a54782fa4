"""Whether another value can stand in the place of a threshold: the unit stays what it is."""

from __future__ import annotations

import math
from typing import Any

from partnerrules.packs.models import Parameter
from partnerrules.packs.walk import number


def misfit(parameter: Parameter, value: Any) -> str:
    """Return a sentence on what another value has to be, or nothing where this one is that.

    A number takes the place of a number, a whole one where it is whole. One whose unit begins with
    `share` lies between 0 and 1; what is above 0 stays so, since at least 0 is always there.
    """
    wanted = _wanted(parameter.value, value, share=parameter.unit.startswith("share"))
    if not wanted:
        return ""
    unit = f" ({parameter.unit})" if parameter.unit else ""
    found = str(value).lower() if isinstance(value, bool) else value
    return f'Expected {wanted}, found "{found}" in place of {parameter.value}{unit}.'


def _wanted(was: Any, value: Any, *, share: bool) -> str:
    if isinstance(was, list):
        if not isinstance(value, list) or not value:
            return "a list"
        first = was[0] if was else ""
        return next((found for one in value if (found := _wanted(first, one, share=share))), "")
    if isinstance(was, bool):
        return "" if isinstance(value, bool) else "true or false"
    if not number(was):
        return "" if isinstance(value, str) and value else "a word"
    if not number(value) or not math.isfinite(value):
        return "a share from 0 to 1" if share else "a number"
    if share:
        return "" if 0 <= value <= 1 else "a share from 0 to 1"
    whole = isinstance(was, int)
    if (whole and value != int(value)) or was > 0 >= value:
        return f"a {'whole ' * whole}number{' above 0' * (was > 0)}"
    return ""
