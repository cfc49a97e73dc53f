"""The command line: `imetaudit COMMAND`, a module a command, each loaded only when it is called.

It turns an `ImetauditError` into its message on stderr and its exit code, in one place. It does no work of its own.
"""

from __future__ import annotations

import importlib
import sys

import click

from imetaudit import __version__
from imetaudit.errors import ImetauditError

COMMANDS = {
    "audit": "Audit a folder of syllabi and write the report.",
    "check": "Check taxonomies and standards, and run every example.",
    "report": "Write the report again from a result file.",
    "text": "Print what the reader saw in a file.",
}


class _Commands(click.Group):
    """Commands by name, imported when called, so that `--help` needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"imetaudit.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 (for the type checker)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; tell an error that is the operator's to mend, and exit with its code."""
        try:
            return super().invoke(ctx)
        except ImetauditError as error:
            click.echo(f"imetaudit: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Commands, context_settings={"auto_envvar_prefix": "IMETAUDIT", "help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="imetaudit")
def main() -> None:
    """Audit course syllabi for human rights, democracy and civilian control of the military.

    Reads a folder of syllabi and answers, with the proof beside every statement, which courses teach these subjects,
    for how long, where it says so, and which teach none of them. Works offline.
    """
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show an accent must not end an audit.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
