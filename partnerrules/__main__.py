"""Runs the command line: `python -m partnerrules`, and the script `partnerrules`."""

import gc

# All that is imported stays: nobody needs to look for waste in it, ten times over.
gc.disable()

from partnerrules.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
