"""The sizes of CONTRIBUTING.md, counted. A failure names what is too big, and where."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
LONGEST_FUNCTION = 60  # lines, its docstring not counted
USUAL_FUNCTION = 30  # lines, the 90th percentile
LONGEST_MODULE = 400  # lines
MOST_POSITIONAL = 3  # parameters that must be given and need no name
BAD_ENDINGS = ("Manager", "Helper", "Handler", "Utils")
BAD_NAMES = {"data", "info", "do_this"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> list[tuple[str, ast.Module, int]]:
    texts = {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for path in sorted((ROOT / "syndicate").rglob("*.py"))
    }
    return [(path, ast.parse(text), text.count("\n")) for path, text in texts.items()]


@cache
def definitions() -> list[tuple[str, Function | ast.ClassDef]]:
    """Give every function and class with its place; a walk costs as much as parsing."""
    return [
        (f"{path}:{node.lineno} {node.name}", node)
        for path, tree, _ in modules()
        for node in ast.walk(tree)
        if isinstance(node, Function | ast.ClassDef)
    ]


def functions() -> list[tuple[str, Function]]:
    return [
        (place, node) for place, node in definitions() if isinstance(node, Function)
    ]


def length(function: Function) -> int:
    """Count from ``def`` to the end, without the docstring."""
    last = function.end_lineno or function.lineno
    lines = last - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def positional(function: Function) -> int:
    given = function.args
    names = [arg.arg for arg in given.posonlyargs + given.args]
    return len(names) - len(given.defaults) - (names[:1] in (["self"], ["cls"]))


def parameters(function: Function) -> set[str]:
    given = function.args
    return {arg.arg for arg in given.posonlyargs + given.args + given.kwonlyargs}


def test_no_function_is_long() -> None:
    long = {
        place: lines
        for place, function in functions()
        if (lines := length(function)) > LONGEST_FUNCTION
    }

    assert long == {}


def test_nine_functions_in_ten_are_short() -> None:
    lengths = sorted((length(function), place) for place, function in functions())
    at, place = lengths[len(lengths) * 9 // 10]

    assert at <= USUAL_FUNCTION, f"{place} is the 90th percentile"


def test_no_module_is_long() -> None:
    long = {path: lines for path, _, lines in modules() if lines > LONGEST_MODULE}

    assert long == {}


def test_few_parameters_go_without_a_name() -> None:
    many = {
        place: count
        for place, function in functions()
        if (count := positional(function)) > MOST_POSITIONAL
        and not _is_cached(function)
    }

    assert many == {}


def _is_cached(function: Function) -> bool:
    """Tell what is looked up by all it is given: names would make each look dearer."""
    return any("lru_cache" in ast.unparse(each) for each in function.decorator_list)


def test_a_module_with_code_says_what_it_is_for() -> None:
    silent = [path for path, tree, _ in modules() if tree.body and _says_nothing(tree)]

    assert silent == []


def _says_nothing(tree: ast.Module) -> bool:
    return not ast.get_docstring(tree)


def test_a_room_opens_with_a_list_of_what_is_in_it() -> None:
    trees = {Path(path): tree for path, tree, _ in modules()}
    unlisted = [
        str(path)
        for path, tree in trees.items()
        if len(path.parts) == 3
        and path.name != "__init__.py"
        and not _is_found_by_itself(path, tree)
        and not re.search(
            rf"\b{path.stem}\b",
            ast.get_docstring(trees[path.parent / "__init__.py"]) or "",
        )
    ]

    assert unlisted == []


def _is_found_by_itself(path: Path, tree: ast.Module) -> bool:
    """Tell channel kinds, feed formats and commands: whoever adds one edits no list."""
    names = {
        name.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    commands = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.endswith("_command")
    ]
    return path.parts[1] == "channels" or "FORMAT" in names or bool(commands)


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    classes = [
        place
        for place, node in definitions()
        if isinstance(node, ast.ClassDef) and node.name.endswith(BAD_ENDINGS)
    ]
    others = [
        place
        for place, function in functions()
        if BAD_NAMES & ({function.name} | parameters(function))
    ]

    assert classes + others == []


def test_a_docstring_is_not_counted_as_length() -> None:
    short = ast.parse('def f():\n    """\n    Say.\n    """\n    return 1\n').body[0]
    plain = ast.parse("def f(): return 1").body[0]

    assert isinstance(short, ast.FunctionDef)
    assert isinstance(plain, ast.FunctionDef)
    assert (length(short), length(plain)) == (2, 1)
