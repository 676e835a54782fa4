"""Many cases in one run: found, read, evaluated, judged and put together."""

from partnerrules.gate import Judging
from partnerrules.jobs.finding import Cases, find_cases, look_for
from partnerrules.jobs.joining import join
from partnerrules.jobs.order import LIMIT, Done, Order
from partnerrules.jobs.running import apart, processors, report_of, run_cases
from partnerrules.jobs.settings import Settings

__all__ = [
    "LIMIT",
    "Cases",
    "Done",
    "Judging",
    "Order",
    "Settings",
    "apart",
    "find_cases",
    "join",
    "look_for",
    "processors",
    "report_of",
    "run_cases",
]
