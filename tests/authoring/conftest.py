"""Makes the small pack of the tests of packs importable: pytest's importlib mode adds no path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "packs"))
