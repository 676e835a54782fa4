"""What each code of a problem in a pack means: the pages of `packs lint --explain`.

They are written in the files under `code_pages`; those under docs/lint are made from them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from partnerrules.documents import read_document

_PAGES = Path(__file__).with_name("code_pages")
_CHAPTERS = {
    "names": "Names that lead nowhere, and names that cannot be",
    "forms": "What has not the form that it needs",
    "sense": "What makes no sense, and what is not there yet",
    "texts": "Sentences and questions",
}


@dataclass(frozen=True)
class Page:
    """What one code means, with an example."""

    code: str
    means: str
    why: str
    wrong: str
    """A few lines of a pack that have this problem."""
    mend: str
    """What could stand there in their place."""
    file: str = ""
    """The file of the pack in which they stand; empty where it is none of a pack."""
    instead: str = ""
    """What they stand for in the small pack of the tests, where that is not `mend`."""

    @property
    def markdown(self) -> str:
        """Return the page as Markdown."""
        place = f" in `{self.file}`" if self.file else ""
        parts = [
            f"# {self.code}",
            self.means,
            f"**Why it matters.** {self.why}",
            f"Like this{place} it would be told:",
            f"```yaml\n{self.wrong}\n```",
            "And like this not:",
            f"```yaml\n{self.mend}\n```",
            "[All codes](README.md)",
        ]
        return "\n\n".join(parts) + "\n"

    def lines(self, width: int) -> Iterator[str]:
        """Yield the page as lines for the screen; the example is not broken."""
        yield self.code
        for text in (self.means, f"Why it matters: {self.why}"):
            yield ""
            yield from textwrap.wrap(text, width, break_on_hyphens=False)
        place = f" in {self.file}" if self.file else ""
        for said, text in ((f"Like this{place} it would be told:", self.wrong),
                           ("And like this not:", self.mend)):  # fmt: skip
            yield ""
            yield said
            yield ""
            yield textwrap.indent(text, "    ")


@cache
def code_pages() -> dict[str, Page]:
    """Return the pages by their codes, in the order of the chapters and of the files."""
    return {code: page for chapter in _CHAPTERS for code, page in _chapter(chapter).items()}


def _chapter(name: str) -> dict[str, Page]:
    found = read_document(_PAGES / f"{name}.yaml").value
    return {
        code: Page(code, **{key: str(value).rstrip("\n") for key, value in page.items()})
        for code, page in found.items()
    }


def documents() -> dict[str, str]:
    """Return the pages as Markdown files, an index of all codes among them, by their names."""
    index = [
        "# What `packs lint` says",
        "Each line of `partnerrules packs lint` ends with a code in brackets. `packs lint --explain"
        " CODE` prints\nits page. The examples are of a small pack about a group that meets.",
    ]
    for name, title in _CHAPTERS.items():
        rows = [f"- [{code}]({code}.md): {page.means}" for code, page in _chapter(name).items()]
        index += [f"## {title}", "\n".join(rows)]
    pages = {f"{code}.md": page.markdown for code, page in code_pages().items()}
    return {"README.md": "\n\n".join(index) + "\n", **pages}
