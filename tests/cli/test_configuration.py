"""Settings from a file and the environment: who goes before whom, and what is told of slips."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerrules.cli import _code
from partnerrules.cli.check import command
from partnerrules.cli.configuration import all_settings

ROOT = Path(__file__).parents[2]
RIVER = ROOT / "cases/made-up/river-alliance.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, in which nothing from outside is said."""
    for name in [*os.environ]:
        if name.startswith("PARTNERRULES_") and name != "PARTNERRULES_CACHE":
            monkeypatch.delenv(name)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    shutil.copy(RIVER, "river.yaml")
    return tmp_path


@pytest.fixture
def told(folder: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a line in this process: the code, and what stands on stdout and stderr."""

    def told(*words: str) -> tuple[int, str, str]:
        code = _code(words)
        return code, *capfd.readouterr()

    return told


def _taken(*words: str) -> dict[str, Any]:
    """Return the options as the command gets them."""
    with command.make_context("check", [*words, "river.yaml"]) as context:
        return context.params


# A key, then flag, variable and line of a file, each with what `check` gets of it; the default.
PRECEDENCE = [
    ("fail_on", (["--fail-on", "low"], "low"), ("medium", "medium"), ('"none"', "none"), "high"),
    ("unknown", (["--unknown", "fail"], "fail"), ("ignore", "ignore"), ('"fail"', "fail"), "warn"),
    ("min_severity", (["--min-severity", "high"], "high"), ("low", "low"), ('"medium"', "medium"),
     "low"),
    ("min_coverage", (["--min-coverage", "20%"], 0.2), ("0.3", 0.3), ("0.4", 0.4), None),
    ("min_coverage", (["--min-coverage", "0"], 0.0), ("30%", 0.3), ('"40%"', 0.4), None),
    ("jobs", (["-j", "auto"], 0), ("3", 3), ("4", 4), 0),
    ("jobs", (["-j", "2"], 2), ("auto", 0), ('"auto"', 0), 0),
    ("timeout", (["--timeout", "0"], 0.0), ("1.5", 1.5), ("7", 7.0), 60.0),
    ("engine", (["--engine", "auto"], "auto"), ("durable", "durable"), ('"python"', "python"),
     "auto"),
    ("profile", (["--profile", ""], ""), ("local", "local"), ('"global"', "global"), ""),
    ("questions", (["--questions", "full"], "full"), ("a", "a"), ('"b"', "b"), ""),
    ("pages", (["--pages", "https://a.example"], "https://a.example"),
     ("https://b.example", "https://b.example"), ('"https://c.example"', "https://c.example"), ""),
    ("audience", (["--audience", "team"], "team"), ("public", "public"), ('"public"', "public"),
     "partners"),
    ("sarif_all", (["--no-sarif-all"], False), ("yes", True), ("true", True), False),
    ("sarif_all", (["--sarif-all"], True), ("0", False), ("true", True), False),
    ("progress", (["--progress"], True), ("no", False), ("true", True), None),
    ("select", (["--select", "a", "--select", "b c"], ("a", "b c")), ("d e", ("d", "e")),
     ('["f", "g h"]', ("f", "g h")), ()),
    ("ignore", (["--ignore", "a"], ("a",)), ("b", ("b",)), ('"c d"', ("c d",)), ()),
    ("packs", (["-p", "core"], ("core",)), ("x y", ("x", "y")), ('["core", "z"]', ("core", "z")),
     ()),
    ("format", (["-f", "table"], ("table",)), ("md csv:c", ("md", "csv:c")),
     ('["json:out/a.json"]', ("json:out/a.json",)), ()),
    ("attestations", (["--attestations", ""], ""), ("a.yaml", "a.yaml"), ('"b.yaml"', "b.yaml"),
     ""),
    ("params", (["--param", "a.x=1"], ("a.x=1",)), ("a.x=2", ("a.x=2",)), ("{a.x = 3}", ("a.x=3",)),
     ()),
]  # fmt: skip


@pytest.mark.parametrize("row", PRECEDENCE, ids=[row[0] for row in PRECEDENCE])
def test_a_flag_goes_before_the_environment_before_the_file_before_the_default(
    row: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, (flag, flagged), (variable, varied), (line, filed), default = row
    name = str(all_settings()[key].name)
    assert _taken()[name] == default
    (folder / "partnerrules.toml").write_text(f"{key} = {line}\n")
    assert _taken()[name] == filed
    monkeypatch.setenv(f"PARTNERRULES_{key.upper()}", variable)
    assert _taken()[name] == varied
    assert _taken(*flag)[name] == flagged
    (folder / "partnerrules.toml").unlink()
    assert _taken()[name] == varied
    monkeypatch.setenv(f"PARTNERRULES_{key.upper()}", "")
    assert _taken()[name] == default


PAGE = ROOT / "docs/configuration.md"
ROW = re.compile(r"^\| `(\w+)` \| `([^`]+)` \| `(PARTNERRULES_\w+)` \| ([^|]+) \|", re.M)


def test_the_page_has_a_row_for_every_setting_with_its_option_and_its_default() -> None:
    rows = ROW.findall(PAGE.read_text("utf-8"))
    wanted = {}
    for key, option in all_settings().items():
        given = option.get_default(click.Context(command))
        text = "no" if given is False else f"{given:g}" if isinstance(given, float) else given
        default = f"`{text}`" if text and isinstance(text, str) else "none"
        wanted[key] = (option.flag, option.envvar, default)
    assert {key: (flag, envvar, default) for key, flag, envvar, default in rows} == wanted
    assert [row[0] for row in rows] == sorted(wanted)


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_of_the_page_are_taken(folder: Path, number: int) -> None:
    text = re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.S)[number]
    (folder / ("partnerrules.toml", "pyproject.toml")[number]).write_text(text)
    assert _taken()["fail_on"] == "medium"


def test_every_setting_is_tried_by_whom_goes_before_whom() -> None:
    assert {row[0] for row in PRECEDENCE} >= {*all_settings()} - {"baseline", "waivers"}


def test_of_thresholds_each_goes_by_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "partnerrules.toml").write_text('params = {"a.x" = 1, a.y = 1, a.z = "w"}\n')
    monkeypatch.setenv("PARTNERRULES_PARAMS", "a.y=2 a.v=2")
    taken = _taken("--param", "a.v=3")["params"]
    assert sorted(taken) == ["a.v=3", "a.x=1", "a.y=2", 'a.z="w"']


WRONG = [
    ('fial_on = "low"', "1:1: fial_on: There is no setting of this name.", "fail_on"),
    ("fail-on = 'low'", "1:1: fail-on: There is no setting of this name.", "fail_on"),
    ("exit_zero = true", "1:1: exit_zero: This can only be said on the command line,", ""),
    ("xyz = 1", "1:1: xyz: There is no setting of this name. There are attestations,", ""),
    ('\n# low\nfail_on = "lwo"', '3:1: fail_on: "lwo" is none of high, medium, low, none.', "low"),
    ("fail_on = 3", "1:1: fail_on: Expected a text in quotes, found 3.", ""),
    ("jobs = true", "1:1: jobs: Expected a number, or a text in quotes, found true.", ""),
    ("jobs = 0", "1:1: jobs: Name a number of processes", ""),
    ("jobs = -1", "1:1: jobs: Name a number of processes", ""),
    ("timeout = '9'", '1:1: timeout: Expected a number, found "9".', ""),
    ("timeout = -1", "1:1: timeout: ", ""),
    ("timeout = nan", "1:1: timeout: ", ""),
    ("min_coverage = 60", "1:1: min_coverage: Name a share", ""),
    ("progress = 'no'", '1:1: progress: Expected true or false, found "no".', ""),
    ("packs = {a = 1}", "1:1: packs: Expected a list of packs or of folders of packs, found a", ""),
    ("select = ['a', 3]", "1:1: select: Expected a list of texts, found 3 in it.", ""),
    ("params = ['a.b=3']", "1:1: params: Expected a table of thresholds", ""),
    ("[params]\na.b = [1]", "1:1: params: Expected a number or a text for a.b, found a list.", ""),
    ("[params]\na.b.c = 1", "1:1: params: Expected a number or a text for a.b, found a table.", ""),
    ("pages = 'here'", "1:1: pages: Name an address", ""),
    ("format = ['jsn']", "1:1: format: There is no format jsn; there are csv,", "json"),
    ("format = ['json:../a']", '1:1: format: "../a" lies outside the folder of this file', ""),
    ("format = ['json:/a']", '1:1: format: "/a" lies outside the folder of this file', ""),
    ("format = ['json:out/a']", '1:1: format: "out/a" lies outside the folder of this', ""),
    ("audience = 'team'", "1:1: audience: Who reads with the team is said on the command line", ""),
    ("audience = 'all'", '1:1: audience: "all" is none of team, partners, public.', ""),
    ("select = [\n'a'\n", "", ""),
    ("a = 1\nb", "2:", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "near"), WRONG, ids=[row[0] for row in WRONG])
@pytest.mark.parametrize("name", ["partnerrules.toml", "pyproject.toml"])
def test_a_slip_in_a_file_is_told_with_line_key_and_the_nearest(
    told: Any, folder: Path, tmp_path_factory: Any, text: str, said: str, near: str, name: str
) -> None:
    (folder / "out").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    if name == "pyproject.toml":
        text = "[tool.partnerrules]\n" + text.replace("[params]", "[tool.partnerrules.params]")
        line, _, rest = said.partition(":")
        said = f"{int(line) + 1}:{rest}" if line else ""
        said = said.replace(":1: ", ":1: tool.partnerrules.", 1)
    (folder / name).write_text(text)
    code, out, err = told("check", "river.yaml", "--fail-on", "none")
    assert (code, out) == (2, "")
    assert err.startswith(f"{name}:{said}")
    assert err.rstrip().endswith(f'Did you mean "{near}"?') == bool(near)
    assert err.count("\n") == 1


def test_all_slips_of_a_file_and_the_environment_are_told_at_once(
    told: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERRULES_UNKNOWN", "fial")
    monkeypatch.setenv("PARTNERRULES_AUDIENCE", "team")
    monkeypatch.setenv("PARTNERRULES_FORMAT", "md jsn")
    (folder / "partnerrules.toml").write_text("jobs = 'x'\nformat = ['a', 3, 'md:../b']\nx = 1\n")
    code, out, err = told("check", "river.yaml")
    assert (code, out) == (2, "")
    starts = [line.partition(": ")[0] for line in err.splitlines()]
    assert starts == [
        "partnerrules.toml:1:1", *["partnerrules.toml:2:1"] * 3, "partnerrules.toml:3:1",
        "PARTNERRULES_FORMAT", "PARTNERRULES_AUDIENCE", "PARTNERRULES_UNKNOWN",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("profile = 'locl'", "partnerrules.toml:1:1: profile: locl: No loaded pack has a profile"),
        ("\nquestions = 'x'", "partnerrules.toml:2:1: questions: x: No loaded pack has a set"),
        ("packs = ['x']", "partnerrules.toml:1:1: packs: There is no pack x:"),
        ("select = ['x']", "partnerrules.toml:1:1: select: x: There is no rule or dimension x."),
        ("[params]\ncore.x = 1", "partnerrules.toml:2:1: params.core.x: No loaded pack has a"),
        ("[params]\n'core.x' = 1", "partnerrules.toml:2:1: params.core.x: No loaded pack has a"),
        ("[params.core]\n\nmajority = 4", "partnerrules.toml:3:1: params.core.majority: Expected"),
    ],
)
def test_what_does_not_go_with_the_packs_is_told_with_its_line(
    told: Any, folder: Path, text: str, said: str
) -> None:
    (folder / "partnerrules.toml").write_text(text)
    code, out, err = told("check", "river.yaml")
    assert (code, out) == (2, "")
    assert f"Error: {said}" in err


def test_and_with_its_variable_or_its_option(
    told: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "partnerrules.toml").write_text("[params]\ncore.x = 1")
    monkeypatch.setenv("PARTNERRULES_PARAMS", "core.y=1")
    _, _, err = told("check", "river.yaml", "--param", "core.z=1")
    for said in ("partnerrules.toml:2:1: params.core.x: ", "PARTNERRULES_PARAMS: core.y: ",
                 "--param core.z: "):  # fmt: skip
        assert said in err


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_the_next_file_upwards_counts_and_a_repository_is_the_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(folder, partnerrules_toml="jobs = 7", a__b__pyproject_toml="[tool.x]\npartnerrules = 1")
    _write(folder, a__partnerrules_toml="jobs = 8\npacks = ['core', 'p', '../q']")
    monkeypatch.chdir("a/b")
    taken = _taken()
    assert taken["jobs"] == 8 and taken["packs"] == ("core", "../p", "../../q")
    (folder / "a/b/.git").write_text("gitdir: elsewhere\n")
    assert _taken()["jobs"] == 0
    _write(folder, a__b__pyproject_toml="[tool.partnerrules]\njobs = 9")
    assert _taken()["jobs"] == 9
    monkeypatch.chdir(folder)
    assert _taken()["jobs"] == 7
    assert _taken("--no-config")["jobs"] == 0
    assert _taken("--config", "a/partnerrules.toml")["packs"] == ("core", "a/p", "q")
    monkeypatch.setenv("PARTNERRULES_CONFIG", "a/b/pyproject.toml")
    assert _taken()["jobs"] == 9 and _taken("--no-config")["jobs"] == 0


def test_the_folder_of_a_case_says_nothing(told: Any, folder: Path) -> None:
    _write(folder, handed__in__partnerrules_toml="nonsense")
    shutil.move("river.yaml", "handed/in/river.yaml")
    for words in (["handed/in/river.yaml"], ["handed"], [str(folder / "handed/in")]):
        assert told("check", *words, "--engine", "python", "-f", "csv")[0] == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"partnerrules_toml": "", "pyproject_toml": "[tool.partnerrules]"}, "keep them in one of"),
        ({"partnerrules_toml__x": ""}, "partnerrules.toml: This is a folder, not a file"),
        ({"pyproject_toml": "partnerrules = "}, "pyproject.toml:1:"),
        ({"pyproject_toml": "[tool]\npartnerrules = 3"}, "pyproject.toml:2:1: tool.partnerrules: "),
    ],
)
def test_files_that_nobody_can_take_end_in_2(
    told: Any, folder: Path, files: dict[str, str], said: str
) -> None:
    _write(folder, **files)
    code, out, err = told("check", "river.yaml")
    assert (code, out) == (2, "") and said in err
    assert told("check", "--no-config", "--help")[0] == told("check", "--help")[0] == 0


def test_a_file_that_is_named_has_to_have_settings(told: Any, folder: Path) -> None:
    _write(folder, pyproject_toml="[tool.x]")
    for name, said in (("pyproject.toml", "no table [tool.partnerrules]"), ("x", "no such file")):
        code, _, err = told("check", "river.yaml", "--config", name)
        assert code == 2 and said in err
    assert "leave one of them out" in told("check", "x", "--no-config", "--config", "x")[2]


@pytest.mark.parametrize(
    ("line", "variable", "wanted"),
    [("public", "partners", "public"), ("partners", "public", "public"), ("public", "", "public")],
)
def test_a_file_or_a_variable_never_lets_more_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, line: str, variable: str, wanted: str
) -> None:
    (folder / "partnerrules.toml").write_text(f'audience = "{line}"\n')
    monkeypatch.setenv("PARTNERRULES_AUDIENCE", variable)
    assert _taken()["audience"] == wanted
    assert _taken("--audience", "team")["audience"] == "team"


DOCTOR = """\
settings: partnerrules.toml
setting attestations: not set, by default
setting audience: public, by partnerrules.toml:2
setting audience: PARTNERRULES_AUDIENCE does not count
setting baseline: not set, by default
setting engine: python, by --engine
setting fail_on: high, by default
setting fail_on: partnerrules.toml:3 is refused
setting format: md csv:c, by PARTNERRULES_FORMAT
setting ignore: not set, by default
setting jobs: 2, by partnerrules.toml:4
setting min_coverage: 60%, by partnerrules.toml:5
setting min_severity: low, by default
setting packs: core, by --pack
setting pages: not set, by default
setting params core.x: 2, by PARTNERRULES_PARAMS
setting params core.y: 1, by partnerrules.toml:9
setting profile: not set, by default
setting progress: no, by partnerrules.toml:6
setting questions: not set, by default
setting sarif_all: yes, by PARTNERRULES_SARIF_ALL
setting select: not set, by default
setting timeout: 60.0, by default
setting unknown: warn, by default
setting unknown: PARTNERRULES_UNKNOWN does not count
setting waivers: not set, by default
"""


def test_doctor_says_of_each_setting_where_it_is_from_also_of_wrong_ones(
    told: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "partnerrules.toml").write_text(
        '# mine\naudience = "public"\nfail_on = "hgh"\njobs = 2\nmin_coverage = "60%"\n'
        "progress = false\n[params]\ncore.x = 1\ncore.y = 1\n"
    )
    for name, value in (
        ("AUDIENCE", "partners"), ("FORMAT", "md csv:c"), ("PARAMS", "core.x=2"), ("UNKNOWN", "x"),
        ("SARIF_ALL", "1"), ("FAIL_NO", "low"), ("ELSEWHERE", "1"),
    ):  # fmt: skip
        monkeypatch.setenv(f"PARTNERRULES_{name}", value)
    code, out, err = told("doctor", "--engine", "python", "-p", "core")
    assert code == 2
    shown = [one for one in out.splitlines(keepends=True) if one.startswith("setting")]
    assert "".join(shown) == DOCTOR
    assert "pack core " in out
    assert err.splitlines() == [
        "Note: PARTNERRULES_ELSEWHERE is no setting and is not read.",
        "Note: PARTNERRULES_FAIL_NO is no setting and is not read."
        " Did you mean PARTNERRULES_FAIL_ON?",
        'partnerrules.toml:3:1: fail_on: "hgh" is none of high, medium, low, none.'
        ' Did you mean "high"?',
        'PARTNERRULES_UNKNOWN: "x" is none of ignore, warn, fail.',
    ]


SAME: Mapping[str, tuple[list[str], str, str]] = {
    "packs": (["-p", "core", "-p", "extended"], "core extended", '["core", "extended"]'),
    "profile": (["--profile", "local"], "local", '"local"'),
    "core.majority": (["--param", "core.majority=0.6"], "core.majority=0.6", "0.6"),
    "core.quiet_months": (["--param", "core.quiet_months=9"], "core.quiet_months=9", "9"),
    "select": (["--select", "transfer", "--select", "PAR-03"], "transfer PAR-03",
               '["transfer", "PAR-03"]'),
    "ignore": (["--ignore", "TRA-01"], "TRA-01", '["TRA-01"]'),
    "format": (["-f", "json"], "json", '"json"'),
    "audience": (["--audience", "public"], "public", '"public"'),
    "fail_on": (["--fail-on", "medium"], "medium", '"medium"'),
    "unknown": (["--unknown", "fail"], "fail", '"fail"'),
    "min_coverage": (["--min-coverage", "90%"], "0.9", "0.90"),
    "min_severity": (["--min-severity", "medium"], "medium", '"medium"'),
    "engine": (["--engine", "python"], "python", '"python"'),
    "jobs": (["-j", "1"], "1", "1"),
    "timeout": (["--timeout", "50"], "50", "50"),
}  # fmt: skip
PLACES = st.fixed_dictionaries({key: st.sampled_from(["flag", "variable", "file"]) for key in SAME})


def _placed(places: Mapping[str, str], patch: pytest.MonkeyPatch) -> list[str]:
    """Say each setting where it is to be said; return the words of the line."""
    words, lines, params, variables = [], [], ["[params]"], []
    for key, place in places.items():
        flags, variable, line = SAME[key]
        threshold = key.startswith("core.")
        if place == "flag":
            words += flags
        elif place == "file":
            (params if threshold else lines).append(f"{key} = {line}")
        elif threshold:
            variables.append(variable)
        else:
            patch.setenv(f"PARTNERRULES_{key.upper()}", variable)
    if variables:
        patch.setenv("PARTNERRULES_PARAMS", " ".join(variables))
    Path("partnerrules.toml").write_text("\n".join([*lines, *params]) + "\n")
    return words


@given(places=PLACES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wherever_settings_are_said_the_command_gets_the_same(
    folder: Path, places: Mapping[str, str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        taken = _taken(*_placed(places, patch))
    flags = [word for words, _, _ in SAME.values() for word in words]
    wanted = _taken(*flags, "--no-config")
    assert {**taken, "params": sorted(taken["params"])} == {
        **wanted,
        "params": sorted(wanted["params"]),
    }


@given(places=PLACES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=4)
def test_and_the_report_has_the_same_bytes(
    told: Any, folder: Path, places: Mapping[str, str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        code, out, _ = told("check", "river.yaml", *_placed(places, patch))
    flags = [word for words, _, _ in SAME.values() for word in words]
    assert (code, out) == told("check", "river.yaml", *flags, "--no-config")[:2]
    assert code == 1 and json.loads(out)["profile"] == "local"


def test_settings_hold_for_other_commands_that_have_the_option(told: Any, folder: Path) -> None:
    _write(folder, partnerrules_toml="profile = 'global'")
    usual = told("rules", "show", "SEC-02", "--no-config")[1]
    shown = told("rules", "show", "SEC-02")[1]
    assert "Set otherwise by the profile global" in shown and "Set otherwise" not in usual
    _write(folder, partnerrules_toml="packs = ['core']\nprofile = 'global'\nformat = 'md'")
    assert told("rules", "list")[1] == told("rules", "list", "-p", "core", "--no-config")[1]
    assert told("schema", "case")[1] == told("schema", "case", "-p", "core", "--no-config")[1]
    explained = told("explain", "river.yaml", "TRA-01")
    assert explained == told("explain", "river.yaml", "TRA-01", "-p", "core", "--profile",
                             "global", "--no-config")  # fmt: skip
    assert told("check", "river.yaml", "-f", "json:r.json")[0] == 1
    assert json.loads(told("merge", "r.json")[1])["profile"] == "global"


@pytest.mark.parametrize("project", ["", "[tool.ruff]\nline-length = 100\n"])
def test_without_settings_of_ours_no_toml_is_read(folder: Path, project: str) -> None:
    if project:
        (folder / "pyproject.toml").write_text(project)
    text = (
        "import sys\nfrom partnerrules.cli import _code\n"
        "_code(['schema', 'report'])\nassert not {'tomllib', 'tomli'} & {*sys.modules}\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", text], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
