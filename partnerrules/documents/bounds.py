"""The limits that a file from outside has to keep."""

MAX_BYTES = 8 * 1024 * 1024
"""Of one file. 10,000 partners with sourced answers need about half of it."""

MAX_LINES_BYTES = 64 * 1024 * 1024
"""Of a file with one document per line; each line has the bound of a file."""

MAX_LINES = 100_000
"""Documents in one such file."""

MAX_DEPTH = 64
"""Lists and mappings inside each other. Our own formats stay below 15."""

MAX_NODES = 1_000_000
"""Keys and values written in a YAML file; each costs about half a kilobyte while it is read."""

MAX_ALIASED = 200_000
"""Values that the aliases of a YAML file may add; every alias is at least one."""

MAX_DIGITS = 100
"""Of a number; far above it neither Python's text nor its fractions can hold the number."""

MAX_PROBLEMS = 100
"""Told of one file: a binary file would have millions."""
