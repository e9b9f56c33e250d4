"""``syndicate doctor``: what is well, what is not, and what mends it."""

import sys
from dataclasses import asdict

import click
from rich.cells import cell_len

from syndicate.app import open_app
from syndicate.cli.common import (
    Exit,
    config_option,
    config_path,
    json_option,
    print_json,
)
from syndicate.daemon.checkup import check_up
from syndicate.daemon.finding import Finding, Grade
from syndicate.words import phrase, say

ENDS = {
    Grade.WELL: Exit.DONE,
    Grade.NOTE: Exit.DONE,
    Grade.DOUBT: Exit.DOUBT,
    Grade.ILL: Exit.FAILED,
    Grade.SURROUNDINGS: Exit.ENVIRONMENT,
}
SIGNS = {
    Grade.WELL: ("✓", "green"),
    Grade.NOTE: ("·", "yellow"),
    Grade.DOUBT: ("?", "yellow"),
    Grade.ILL: ("✗", "red"),
    Grade.SURROUNDINGS: ("✗", "red"),
}
LEAST = 18  # cells of the first column


@click.command("doctor")
@click.option("--probe", is_flag=True, help="Ask platforms who we are; posts nothing.")
@config_option
@json_option
def doctor_command(*, probe: bool, as_json: bool) -> None:
    """Look at clock, folders, database, daemon, backlog and channels; say what mends."""
    findings: list[Finding] = []
    with open_app(config_path()) as app:
        room = max(
            LEAST, *(cell_len(_of(f"channel {n}")) + 1 for n in app.roster.configs), 0
        )
        for finding in check_up(app, probe=probe):
            findings.append(finding)
            if not as_json:
                _show(finding, room)
    if as_json:
        print_json([asdict(each) for each in findings])
    worst = max((each.grade for each in findings), key=list(Grade).index)
    sys.exit(ENDS[worst])


def _show(finding: Finding, room: int) -> None:
    sign, colour = SIGNS[finding.grade]
    of = _of(finding.of)
    space = " " * (room - cell_len(of))
    click.echo(f"{click.style(sign, fg=colour)} {of}{space}{finding.said}")
    if finding.mend:
        click.echo(f"  {' ' * room}{finding.mend}")


def _of(thing: str) -> str:
    """Name what was looked at: ``database``, ``channel desk``."""
    _, is_channel, name = thing.partition("channel ")
    return say("channel {name}", name=name) if is_channel else phrase(thing)
