"""Runs the command line: `python -m partnerrules`."""

from partnerrules.cli import main

main()
