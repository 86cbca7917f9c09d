"""The rules of the house, each a function from one file to the faults in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import PurePosixPath

from tests.architecture.reading import (
    Function,
    Source,
    called_methods,
    imported,
    public_definitions,
)

Rule = Callable[[Source], Iterator[str]]

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 25

ONLY_IMPORTED_IN = {
    # the ladder a regulation wrote, and the states the 条例 gives to a request
    "transitions": ("workflow/process/machine.py", "workflow/requests/machine.py"),
    "apscheduler": ("workflow/schedule.py",),
    "flask_login": ("web/login.py",),
    "flask": ("web/*",),
    "flask_babel": ("web/*",),
    "flask_bootstrap": ("web/*",),
    "flask_wtf": ("web/*",),
    "wtforms": ("web/*",),
    "jinja2": ("web/*",),
    "werkzeug": ("web/*",),
    "click": ("web/*",),
    "psycopg": ("models/*",),
    "alembic": ("models/*",),
}
MAY_READ_CONFIG = ("config/*", "web/app.py", "web/commands.py", "web/commands/*")
MAY_ASK_THE_CLOCK = ("web/clock.py", "workflow/schedule.py")
MAY_SET_A_STATE = (
    "workflow/articles/moves.py",
    "workflow/inspections/moves.py",
    "workflow/requests/moves.py",
)
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}

# Each pattern is written so that it does not match itself.
UNMENTIONABLE = [
    r"/w[o]rk/(?:main|shared|wt|\.)",
    r"/root/(?:venv|\.)",
    r"pyp[i]\.org|pythonh[o]sted\.org",
    r"d[e]b\.debian\.org|registry\.npmj[s]",
    r"(?i)\b(?:clau[d]e|anthropi[c]|opena[i]|chatgp[t]|copilo[t]|codegee[x])\b",
    r"\b(?:TOD[O]|FIXM[E]|XX[X])\b",
]


def _is_one_of(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def libraries_stay_in_their_place(source: Source) -> Iterator[str]:
    """transitions moves, apscheduler wakes, flask shows: each in its own place."""
    if not source.is_ours:
        return
    for node, module in imported(source):
        places = ONLY_IMPORTED_IN.get(module.partition(".")[0], ("*",))
        if not _is_one_of(source.path, places):
            yield source.at(node, f"{module} belongs in {' or '.join(places)}")


def config_is_read_where_the_parts_are_joined(source: Source) -> Iterator[str]:
    """The floors below get settings as arguments."""
    if not source.is_ours or _is_one_of(source.path, MAY_READ_CONFIG):
        return
    for node, module in imported(source):
        if module.partition(".")[0] == "config":
            yield source.at(node, "config is read in web/app.py and web/commands only")


def screens_build_no_queries(source: Source) -> Iterator[str]:
    """Every SELECT a screen needs is a question in ``workflow``."""
    if not source.path.startswith(("web/screens/", "web/api/")):
        return
    for node in source.nodes():
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy":
            yield source.at(node, "ask a function of workflow/*/questions.py")


def time_comes_in_as_an_argument(source: Source) -> Iterator[str]:
    """No act or rule reads a clock; the moment is part of the occasion."""
    if not source.is_ours or _is_one_of(source.path, MAY_ASK_THE_CLOCK):
        return
    for call, method in called_methods(source):
        base = call.func.value if isinstance(call.func, ast.Attribute) else None
        is_wall_time = method == "time" and getattr(base, "id", "") == "time"
        if method in {"now", "utcnow", "today"} or is_wall_time:
            yield source.at(call, "the time comes in as an argument")


def workflow_never_commits(source: Source) -> Iterator[str]:
    """Who calls an act ends the transaction: half an act is never saved."""
    if not source.is_ours or source.floor != "workflow":
        return
    for call, method in called_methods(source):
        if method in {"commit", "rollback"}:
            yield source.at(call, "the caller of an act ends the transaction")


def a_state_is_set_in_one_place(source: Source) -> Iterator[str]:
    """The state moves together with its trace, and tests take the same door."""
    watched = source.is_ours or (source.is_python and source.floor == "tests")
    if not watched or _is_one_of(source.path, MAY_SET_A_STATE):
        return
    for node in source.nodes():
        if _sets_a_state(node):
            yield source.at(node, f"only {' and '.join(MAY_SET_A_STATE)} set a state")


def _sets_a_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "state" and isinstance(node.ctx, ast.Store)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name) and node.func.id == "setattr":
        return any(
            isinstance(a, ast.Constant) and a.value == "state" for a in node.args
        )
    is_update = isinstance(node.func, ast.Attribute) and node.func.attr == "values"
    return is_update and any(keyword.arg == "state" for keyword in node.keywords)


def what_others_use_is_explained(source: Source) -> Iterator[str]:
    """A docstring says what it means, its units, its errors, its regulation."""
    if not source.is_ours:
        return
    for node in public_definitions(source):
        if not ast.get_docstring(node):
            yield source.at(node, f"{node.name} has no docstring")


def workflow_signatures_say_what_they_take(source: Source) -> Iterator[str]:
    """``Any`` in a signature is a rule that no checker sees."""
    if not source.is_ours or source.floor != "workflow":
        return
    for node in source.nodes():
        if isinstance(node, Function) and "Any" in _names_in_signature(node):
            yield source.at(node, f"{node.name} has Any in its signature")


def _names_in_signature(node: Function) -> set[str]:
    arguments = [a for a in ast.walk(node.args) if isinstance(a, ast.arg)]
    annotations = [a.annotation for a in arguments] + [node.returns]
    said = " ".join(ast.unparse(a) for a in annotations if a is not None)
    return set(re.findall(r"\w+", said))


def files_are_short(source: Source) -> Iterator[str]:
    """A long file asks to be divided by noun; Alembic writes the migrations."""
    lines = source.text.count("\n")
    written = source.is_python and "migrations/versions" not in str(source.path)
    if written and lines > LINES_OF_A_FILE:
        yield f"{source.path}: {lines} lines, at most {LINES_OF_A_FILE}"


def functions_are_short(source: Source) -> Iterator[str]:
    """About ten lines; beyond 25 (its docstring not counted) it hides another one."""
    if not source.is_ours:
        return
    for node in source.nodes():
        if isinstance(node, Function) and (lines := _lines(node)) > LINES_OF_A_FUNCTION:
            yield source.at(node, f"{node.name} has {lines} lines")


def _lines(node: Function) -> int:
    said = ast.get_docstring(node, clean=False)
    docstring = said.count("\n") + 1 if said is not None else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def things_have_names(source: Source) -> Iterator[str]:
    """No drawer for what was not named."""
    parts = PurePosixPath(source.path).with_suffix("").parts
    if source.is_python and (drawers := DRAWERS.intersection(parts)):
        yield f"{source.path}: name what is in {drawers.pop()}"


def refusals_live_in_one_tree(source: Source) -> Iterator[str]:
    """Every exception of the workflow stands in ``workflow/errors.py``."""
    if source.floor != "workflow" or source.path == "workflow/errors.py":
        return
    for node in source.nodes() if source.is_python else ():
        bases = node.bases if isinstance(node, ast.ClassDef) else []
        if any(ast.unparse(b).endswith(("Error", "Exception")) for b in bases):
            yield source.at(node, "exceptions stand in workflow/errors.py")


def nothing_tells_of_the_desk_it_was_written_at(source: Source) -> Iterator[str]:
    """No path of one machine, no registry host, no tool, nothing left to be done."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        for pattern in UNMENTIONABLE:
            if re.search(pattern, line):
                yield f"{source.path}:{number}: says {pattern}"


RULES: list[Rule] = [
    libraries_stay_in_their_place,
    config_is_read_where_the_parts_are_joined,
    screens_build_no_queries,
    time_comes_in_as_an_argument,
    workflow_never_commits,
    a_state_is_set_in_one_place,
    what_others_use_is_explained,
    workflow_signatures_say_what_they_take,
    files_are_short,
    functions_are_short,
    things_have_names,
    refusals_live_in_one_tree,
    nothing_tells_of_the_desk_it_was_written_at,
]
