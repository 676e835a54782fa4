"""Files and functions stay small enough to be read in one go."""

import ast
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
FILES = {path: path.read_text("utf-8") for path in sorted((ROOT / "partnerrules").rglob("*.py"))}


def functions():
    """Map each function, by file and name, to its number of lines."""
    return {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path, text in FILES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_no_file_is_over_300_lines():
    sizes = {str(path.relative_to(ROOT)): len(text.splitlines()) for path, text in FILES.items()}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_half_of_the_files_have_at_most_130_lines():
    assert median(len(text.splitlines()) for text in FILES.values()) <= 130


def test_no_function_is_over_60_lines():
    assert {name: size for name, size in functions().items() if size > 60} == {}


def test_nine_in_ten_functions_have_at_most_35_lines():
    assert quantiles(functions().values(), n=10)[-1] <= 35
