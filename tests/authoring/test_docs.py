"""Pages made from packs: what stands on them, that links lead somewhere, and freshness."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from small import FILES, write

from partnerrules.authoring.docs import pages
from partnerrules.cli import cli
from partnerrules.packs import Library, load_pack
from partnerrules.shipped import shipped_packs

LIBRARY = Library([load_pack(name) for name in shipped_packs()])
PAGES = pages(LIBRARY, shipped_packs())
LINK = re.compile(r"(?<!\\)\]\(([^)]+)\)")


def test_every_rule_dimension_and_lesson_has_its_page() -> None:
    for name in LIBRARY.rules:
        assert f"{LIBRARY.owners['rule'][name]}/{name}.md" in PAGES
    lessons = {f"lessons/{p.id}/{name}.md" for p in LIBRARY.packs for name in p.lessons}
    assert lessons <= PAGES.keys()
    assert {"README.md", "chaining.md"} <= PAGES.keys()


@pytest.mark.parametrize("path", sorted(PAGES))
def test_links_lead_to_pages_and_markdown_is_read_as_meant(path: str) -> None:
    for target in LINK.findall(PAGES[path]):
        parts: list[str] = []
        for part in (*path.split("/")[:-1], *target.split("/")):
            parts = parts[:-1] if part == ".." else [*parts, part]
        assert "/".join(parts) in PAGES, target
    tokens = MarkdownIt("commonmark").enable("table").parse(PAGES[path])
    kinds = {token.type for token in tokens}
    assert "html_block" not in kinds
    assert sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == 1


@pytest.mark.parametrize("name", sorted(LIBRARY.rules))
def test_a_page_tells_the_rule_its_outcomes_and_its_chains(name: str) -> None:
    rule = LIBRARY.rules[name]
    text = PAGES[f"{LIBRARY.owners['rule'][name]}/{name}.md"]
    assert rule.limit or all(f"({one.level})" in text for one in rule.concern.values())
    assert all(lesson in text for lesson in rule.lessons)
    if rule.kind == "check":
        heads = ("Of concern", "Not known yet", "Nothing of concern")
        for head in ("A limit of this check", "No limit of this check") if rule.limit else heads:
            assert f"### {head}:" in text
    if rule.parts:
        assert "It acts on:" in text


def test_what_is_in_a_pack_is_never_read_as_markdown(tmp_path: Path) -> None:
    text = FILES["meeting/MEE-01-size.yaml"].replace("How many they are", "<b>*How* many_they|are")
    small = load_pack(write(tmp_path / "small", {**FILES, "meeting/MEE-01-size.yaml": text}))
    page = pages(Library([small]), ["small"])["small/MEE-01.md"]
    html = MarkdownIt("commonmark").render(page)
    assert "&lt;b&gt;*How* many_they|are" in html


def test_stale_pages_are_named_and_those_of_others_are_left_alone(tmp_path: Path) -> None:
    pack, folder = write(tmp_path / "small", FILES), tmp_path / "pages"

    def run(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(
            cli, ["packs", "docs", str(pack), "--into", str(folder), *options]
        )
        return done.exit_code, done.output

    assert run("--check")[0] == 1
    assert run()[0] == 0
    assert run("--check") == (
        0,
        f"{len(list(folder.rglob('*.md')))} pages say what the packs say.\n",
    )
    (folder / "small" / "MEE-01.md").write_text("changed")
    old = folder / "small" / "MEE-99.md"
    old.write_text((folder / "small" / "MEE-02.md").read_text())
    mine = folder / "notes.md"
    mine.write_text("my own")
    code, told = run("--check")
    assert code == 1
    assert "MEE-01.md" in told
    assert "MEE-99.md" in told
    assert "notes.md" not in told
    run()
    assert mine.is_file()
    assert not old.exists()
