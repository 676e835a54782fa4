"""The table for spreadsheets: a row for each finding, and nothing in it calculates."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from partnerrules.findings import Report
from partnerrules.report import render
from partnerrules.report.csv import COLUMNS, LONGEST, harmless

README = Path(__file__).parents[2] / "README.md"


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report, "csv"), newline=""), strict=True))


def test_each_finding_and_each_error_has_a_row(rich: Report) -> None:
    told = rows(rich)
    assert [one["rule"] for one in told] == [
        *(one.rule for one in rich.findings),
        *(one.code for one in rich.errors),
    ]
    for row, one in zip(told, rich.findings, strict=False):
        assert row["fingerprint"] == one.fingerprint
        assert (row["path"], row["line"]) == (one.location.path, str(one.location.line))
        assert row["severity"] == (one.severity or "")
        assert row["part_of"] == "; ".join(one.part_of)
    assert told[-1]["outcome"] == "error"


def test_nothing_to_tell_is_a_head_alone(empty: Report) -> None:
    assert render(empty, "csv") == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "\uff1d1", "\n=1"])
def test_a_cell_that_would_calculate_is_text(text: str) -> None:
    assert harmless(text)[0] == "'" or harmless(text)[0] == "\\"
    assert harmless(f"a{text}")[0] == "a"


def test_no_cell_calculates_steers_or_is_too_long(hostile: Report, long: Report) -> None:
    for report in (hostile, long):
        told = rows(report)
        assert len(told) == len(report.findings) + 1
        cells = [cell for row in told for cell in row.values()]
        assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")]
        assert not [cell for cell in cells if len(cell) > LONGEST or not cell.isprintable()]


def test_readers_find_out_how_it_is_written(rich: Report, hostile: Report) -> None:
    for report in (rich, hostile):
        text = render(report, "csv")
        found = csv.Sniffer().sniff(text.splitlines()[0])
        assert (found.delimiter, found.quotechar) == (",", '"')
        assert csv.Sniffer().has_header(render(rich, "csv"))


def test_every_column_is_told_in_the_readme() -> None:
    text = README.read_text("utf-8")
    start = text.index("The columns of `csv`")
    told = text[start : text.index("\n\n", start)]
    assert [name for name in COLUMNS if f"`{name}`" not in told] == []


@pytest.mark.skipif(not shutil.which("libreoffice"), reason="LibreOffice is not installed")
def test_a_spreadsheet_reads_the_same_cells(hostile: Report, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(render(hostile, "csv"), "utf-8")
    convert = ["libreoffice", "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    utf8 = "--infilter=CSV:44,34,76,1,,0,false,true,false,false"
    subprocess.run([*convert, utf8, str(path)], check=True, capture_output=True, timeout=120)
    back = ["libreoffice", "--headless", "--convert-to", "csv", "--outdir", str(tmp_path / "back")]
    subprocess.run([*back, str(tmp_path / "a.ods")], check=True, capture_output=True, timeout=120)
    with (tmp_path / "back" / "a.csv").open(encoding="utf-8", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == [
            row["title"] for row in rows(hostile)
        ]
