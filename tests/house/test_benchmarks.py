"""The benchmarks measure what they say; no test here is timed."""

import os
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import peers
from benchmarks.cases import answered, made_up, members_for
from benchmarks.figures import Figure, table
from benchmarks.growth import Size, figures_of, packs_of, packs_with
from benchmarks.noise import Noise
from benchmarks.parsing import parsing
from benchmarks.peer import NAMES, plain
from benchmarks.running import ROOT, check, mixed, write_jsonl, write_yaml
from benchmarks.stream import stream
from partnerrules.checking import Checker
from partnerrules.documents import parse_document
from partnerrules.packs import load_packs
from partnerrules.shipped import shipped_packs


@pytest.fixture(scope="module")
def checker():
    with Checker(load_packs(shipped_packs()), engine="python") as one:
        yield one


@pytest.fixture(autouse=True)
def _path(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def read(checker, text):
    return checker.reader.parse(parse_document(text.encode(), path="a.yaml", format="yaml"))


@pytest.mark.parametrize("lines", [150, 600])
def test_a_made_up_case_has_the_lines_that_are_wanted_and_can_be_read(checker, lines):
    for text in made_up(checker.library, 3, lines=lines):
        assert lines - 2 <= text.count("\n") <= lines
        assert read(checker, text).id


def test_the_same_seed_makes_up_the_same_cases(checker):
    first, again, other = ([*made_up(checker.library, 2, seed=seed)] for seed in (1, 1, 2))
    assert first == again != other


def test_cases_of_each_size_take_turns_and_have_ids_of_their_own():
    texts = [*mixed(7)]
    sizes = [text.count("\n") for text in texts]
    assert len(sizes) == 7 and sizes[0] < sizes[1] < sizes[2] > sizes[3]
    assert len({text.split("\n")[1] for text in texts}) == 7


def test_a_case_says_the_same_as_yaml_and_as_a_line_of_json(checker, tmp_path):
    write_yaml(mixed(2), tmp_path / "yaml")
    write_jsonl(mixed(2), tmp_path / "jsonl")
    (lines,) = (tmp_path / "jsonl").iterdir()
    for path, line in zip(
        sorted((tmp_path / "yaml").iterdir()), lines.read_text().splitlines(), strict=True
    ):
        document = parse_document(line.encode(), path="a.json", format="json")
        found = (
            checker.check(checker.reader.parse(document)),
            checker.check(read(checker, path.read_text())),
        )
        told = [[(one.rule, one.subject, one.severity) for one in each.findings] for each in found]
        assert told[0] == told[1] != []


def test_a_measured_run_is_refused_where_it_did_not_check_all(tmp_path):
    write_jsonl(mixed(2), tmp_path / "cases")
    with pytest.raises(RuntimeError, match="over 3 cases wrote 4 lines"):
        check(tmp_path / "cases", 3, os.environ, "-j", "1", "--engine", "python")


@pytest.mark.parametrize("number", [60, 174])
def test_packs_have_as_many_rules_as_wanted_and_go_together(number, tmp_path):
    packs = packs_with(load_packs(shipped_packs()), number, tmp_path)
    with Checker(packs, engine="python") as one:
        assert len(one.library.rules) == number


def test_the_time_that_grows_is_told_for_each_step(checker):
    texts = [answered(checker.library, "any", 0.5, members_for(checker.library, 150)).encode()]
    sizes = [Size(number, checker, texts) for number in (1, 2, 4)]
    figures = [*figures_of("rules", sizes, 1)]
    assert len(figures) == 6 and figures[0].name == "2 rules, not 1: reading"
    assert "in all n^0.00" in figures[1].note


@pytest.fixture(scope="module")
def handful(tmp_path_factory):
    packs = packs_of(load_packs(shipped_packs()), NAMES, tmp_path_factory.mktemp("packs"))
    with Checker(packs, engine="python") as one:
        yield one


@pytest.mark.parametrize("package", peers.MADE)
def test_peers_find_the_same_where_all_is_known(handful, package, monkeypatch, capsys):
    monkeypatch.setattr(peers, "MADE", {package: peers.MADE[package]})
    figures = [*peers.beside(handful, 4, 1)]
    if not figures:
        assert f"{package} is not installed" in capsys.readouterr().err
        pytest.skip(f"{package} is not installed")
    assert {figure.note for figure in figures} == {"the same concerns in 4 of 4 cases"}


def test_the_rules_that_peers_have_find_something_each(handful):
    found = set()
    for text in peers.known(handful, 6):
        found |= {rule for rule, _ in peers.concerns(handful, read(handful, text))}
    assert found == {*NAMES}


def test_a_peer_that_is_not_installed_is_left_out_with_a_word(handful, monkeypatch, capsys):
    monkeypatch.setattr(peers, "MADE", {"some-engine": ("no_such_module", "Engine")})
    assert [*peers.beside(handful, 1, 1)] == []
    assert "some-engine is not installed" in capsys.readouterr().err


def test_a_peer_gets_plain_values():
    said = {"a": {"value": ["x"], "source": "minutes"}, "b": [{"id": "y", "c": {"value": 1}}]}
    assert plain(said) == {"a": ["x"], "b": [{"id": "y", "c": 1}]}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing tells what is held")
def test_what_is_held_is_watched_in_all_processes_of_a_run(monkeypatch):
    monkeypatch.setattr("benchmarks.stream.EVERY", 2)
    monkeypatch.setattr("benchmarks.stream.surroundings", lambda folder: {**os.environ})
    parent, workers = stream("python", 4, 8, jobs=2)
    assert parent.own > 10 and workers.own > 10


def test_a_case_is_measured_beside_parsing_alone():
    figures = parsing("python", 2)
    assert [figure.name.rsplit(", ")[1] for figure in figures] == ["YAML", "JSON"]


@pytest.mark.parametrize(
    ("figure", "said", "verdict"),
    [
        (Figure("", 3, 2, "ms", aim=1.4, most=1.6), "1.50x", "within the bound"),
        (Figure("", 2, 2, "ms", aim=1.4, most=1.6), "1.00x", "as aimed"),
        (Figure("", 4, 2, "ms", aim=1.4, most=1.6), "2.00x", "beyond the bound"),
        (Figure("", 17, 10, "/s", most=1.8, less_is_worse=True), "1.70x", "beyond the bound"),
        (Figure("", 19, 10, "/s", most=1.8, less_is_worse=True), "1.90x", "within the bound"),
        (Figure("", 12, 10, "MB", most=5, kind="more"), "+2.0 MB", "within the bound"),
        (Figure("", 8, 2, "ms", most=1.1, kind="power", times=2), "n^2.00", "beyond the bound"),
        (Figure("", 8, 2, "ms", most=1.1, kind="power", times=4), "n^1.00", "within the bound"),
        (Figure("", 8, 2, "ms"), "4.00x", ""),
    ],
)
def test_a_figure_says_how_its_sides_relate_and_whether_that_is_within_its_bound(
    figure, said, verdict
):
    assert (figure.said(figure.result), figure.verdict) == (said, verdict)
    assert said in table([figure])


def test_a_figure_tells_how_far_its_rounds_differ():
    assert "1.20x to 1.90x" in Figure("", 3, 2, "ms", spread=(1.2, 1.9)).told


def test_it_is_said_what_else_the_machine_did():
    assert "others" in Noise().told()


def test_an_unknown_kind_is_refused_and_each_kind_is_explained(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["benchmarks", "speed"])
    with pytest.raises(SystemExit):
        benchmarks.main()
    assert "there is no speed" in capsys.readouterr().err
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [kind for kind in benchmarks.KINDS if f"| `{kind}` |" not in page] == []
