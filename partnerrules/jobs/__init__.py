"""Many cases in one run: found, read, evaluated and put together."""

from partnerrules.jobs.finding import find_cases
from partnerrules.jobs.running import check_paths
from partnerrules.jobs.settings import Settings

__all__ = ["Settings", "check_paths", "find_cases"]
