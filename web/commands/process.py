"""``sanshen process``: check a regulation's definition, and show its ladder."""

from __future__ import annotations

from pathlib import Path

import click

from web.commands.scenarios import neighbours, try_files
from web.commands.words import say
from workflow.process.definition import Definition, DefinitionFaults, Fault
from workflow.process.drawing import as_mermaid, as_svg, as_text
from workflow.process.handover import with_successor
from workflow.process.reading import read_definition
from workflow.process.soundness import Proof, check

SOUND, UNSOUND, UNREADABLE = 0, 1, 2


@click.group(help=say("审校流程定义。", "Process definitions."))
def process() -> None:
    """See the decorator."""


@process.command(
    "check",
    help=say(
        "逐一读取并证明定义是安全的；每个问题一行。",
        "Load and prove definitions; one line a fault.",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def check_files(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """See the decorator."""
    ctx.exit(max(_check_one(file) for file in files))


def _check_one(file: Path) -> int:
    try:
        definition = read_definition(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as unreadable:
        click.echo(f"{file}:1 unreadable {_why(unreadable)}")
        return UNREADABLE
    except DefinitionFaults as refused:
        _print_faults(file, refused.faults)
        return UNREADABLE
    proof = check(definition)
    if not proof.sound:
        _print_faults(file, proof.faults)
        return UNSOUND
    _print_proof(file, proof, definition.warnings)
    return _check_joined(file, definition)


def _check_joined(file: Path, definition: Definition) -> int:
    """The definitions it uses or hands over to stand beside it and fit it."""
    try:
        others = neighbours(file, definition)
        whole = with_successor(definition, others)
    except DefinitionFaults as refused:
        _print_faults(file, refused.faults)
        return UNREADABLE
    proof = check(whole) if whole is not definition else None
    if proof is not None and not proof.sound:
        _print_faults(file, proof.faults)
        return UNSOUND
    return SOUND


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return say("没有这个文件。", "No such file.")
    if isinstance(error, UnicodeDecodeError):
        return say("文件不是UTF-8编码。", "The file is not UTF-8.")
    return say("文件打不开。", "The file cannot be opened.")


def _print_faults(file: Path, faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        click.echo(f"{file}:{fault.line} {fault.code} {fault.message}")
        for number, place in enumerate(fault.path, 1):
            click.echo(f"    {number}. {place}")


def _print_proof(file: Path, proof: Proof, warnings: tuple[Fault, ...]) -> None:
    click.echo(f"{file}: {say('已证明安全', 'proved sound')}")
    for fault in warnings:
        told = say("警告", "warning")
        click.echo(f"{file}:{fault.line} {told} {fault.code} {fault.message}")
    for sentence in proof.proven:
        click.echo(f"    {sentence}")


@process.command(
    "show", help=say("以文字或图画显示阶梯。", "Show the ladder in words or drawn.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "mermaid", "svg"]),
    default="text",
)
@click.pass_context
def show(ctx: click.Context, file: Path, shape: str) -> None:
    """See the decorator."""
    try:
        definition = read_definition(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as unreadable:
        click.echo(_why(unreadable), err=True)
        ctx.exit(UNREADABLE)
    except DefinitionFaults as refused:
        _print_faults(file, refused.faults)
        ctx.exit(UNREADABLE)
    click.echo(_drawn(definition, shape))


def _drawn(definition: Definition, shape: str) -> str:
    draw = {"text": as_text, "mermaid": as_mermaid, "svg": as_svg}[shape]
    return draw(definition)


@process.command(
    "try",
    help=say(
        "用纸面事例试行一项制度；不写事例文件时用同名的 .scenarios.toml。",
        "Try a definition on paper cases; by default those beside it.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("scenarios", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def try_out(ctx: click.Context, file: Path, scenarios: tuple[Path, ...]) -> None:
    """See the decorator."""
    beside = file.with_name(f"{file.stem}.scenarios.toml")
    ctx.exit(try_files(file, scenarios or (beside,)))
