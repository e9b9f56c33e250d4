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
from syndicate.daemon.checkup import Finding, Grade, check_up

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
ROOM = 18  # cells of the first column


@click.command("doctor")
@click.option("--probe", is_flag=True, help="Ask platforms who we are; posts nothing.")
@config_option
@json_option
def doctor_command(*, probe: bool, as_json: bool) -> None:
    """Look at clock, folders, database, daemon, backlog and channels; say what mends."""
    findings: list[Finding] = []
    with open_app(config_path()) as app:
        for finding in check_up(app, probe=probe):
            findings.append(finding)
            if not as_json:
                _show(finding)
    if as_json:
        print_json([asdict(each) for each in findings])
    worst = max((each.grade for each in findings), key=list(Grade).index)
    sys.exit(ENDS[worst])


def _show(finding: Finding) -> None:
    sign, colour = SIGNS[finding.grade]
    room = " " * max(ROOM - cell_len(finding.of), 1)
    click.echo(f"{click.style(sign, fg=colour)} {finding.of}{room}{finding.said}")
    if finding.mend:
        click.echo(f"  {' ' * ROOM}{finding.mend}")
