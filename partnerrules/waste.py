"""How often a process looks for waste."""

import gc


def look_for_waste_rarely() -> None:
    """Let Python look for things that hold each other and nobody else holds, but rarely.

    A case leaves none of them (what it makes is let go at once where its report is), but what it
    holds meanwhile, and the rules, are looked through each time: a tenth of the time of a case.
    """
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
