"""Text for a terminal: made harmless, wrapped, and coloured only at the very end."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from partnerrules.findings import Location

PROSE = 100
"""Prose stays within this many columns, however wide the terminal: longer lines tire."""

NARROWEST = 50
"""Below this a table has no room for its columns."""

STYLES = {"bold": "\x1b[1m", "dim": "\x1b[2m", "now": "\x1b[1;33m"}
END = "\x1b[0m"

_COMMAND = re.compile(r"(?<!\S):(?=:)|#(?=#\[)")

# Persian and many Indian languages cannot be written without these two.
JOINERS = "\u200c\u200d"

NOT_IN_XML = "\ufffe\uffff"
"""Besides what steers: no document of XML may hold it, even escaped."""


def plain(text: str) -> str:
    """Return text from a case on one line, with everything that steers a terminal escaped.

    So are the marks by which the log of GitHub Actions is told to do something.
    """
    text = " ".join("".join(map(_visible, text)).split())
    if "::" in text or "##[" in text:
        text = _COMMAND.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    return text


def _visible(character: str) -> str:
    if character in "\n\t" or character in JOINERS:
        return character
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    if not hidden and character not in NOT_IN_XML:
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def place(location: Location | None, *, short: bool = False) -> str:
    """Return `path:line`, only the line where the path was left out, or nothing.

    `short` leaves out the folders, for lines under a heading that names the whole path.
    """
    if location is None:
        return ""
    path = plain(location.path)
    if short:
        path = path.replace("\\", "/").rpartition("/")[2]
    return f"{path}:{location.line}" if path else f"line {location.line}"


class Page:
    """Collects lines of at most `width` columns; all text put on it is made plain."""

    def __init__(self, *, width: int, color: bool) -> None:
        self.width = max(width, NARROWEST)
        self.color = color
        self.lines: list[str] = []

    def blank(self) -> None:
        """End a block; never two empty lines in a row."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def heading(self, text: str, *, style: str = "bold", line: str = "") -> None:
        """Put a heading, underlined with `line` where one is given."""
        start = len(self.lines)
        self.put(text, style=style)
        if line:
            longest = max(len(plain(text)[: self._prose()]), 1) if len(self.lines) > start else 1
            self.lines.append(line * longest)

    def put(
        self, text: str, *, lead: str = "", indent: int = 0, at: str = "", style: str = ""
    ) -> None:
        """Put a paragraph: `lead` before its first line, `at` (a place, unbroken) after its last.

        Lines after the first are indented by the width of the lead.
        """
        first = " " * indent + lead
        rest = " " * len(first)
        wrapped = textwrap.wrap(
            plain(text),
            self._prose(),
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        ) or [first.rstrip()]
        if at and len(wrapped[-1]) + len(at) + 3 <= self._prose():
            wrapped[-1] += f" [{at}]"
        elif at:
            wrapped.append(f"{rest}[{at}]")
        self.lines += [self._styled(line, style) for line in wrapped]

    def grid(self, text: str) -> None:
        """Put lines that are laid out already, such as a table."""
        self.lines += [f"  {line}".rstrip() for line in text.splitlines()]

    def text(self) -> str:
        """Return everything, with one newline at the end."""
        return "\n".join(self.lines).rstrip("\n") + "\n"

    def _prose(self) -> int:
        return min(self.width, PROSE)

    def _styled(self, line: str, style: str) -> str:
        if not (self.color and style and line):
            return line
        bare = line.lstrip(" ")
        return f"{line[: len(line) - len(bare)]}{STYLES[style]}{bare}{END}"
