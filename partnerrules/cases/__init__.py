"""Case files: what people say about one partnership."""

from partnerrules.cases.case import Case, Collection, Member
from partnerrules.cases.loading import CaseReader, load_case, reader_of

__all__ = ["Case", "CaseReader", "Collection", "Member", "load_case", "reader_of"]
