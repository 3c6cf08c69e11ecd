"""Commands that take things out: formats, export."""

from pathlib import Path
from typing import Annotated

import typer

from factdesk.cli.lookup import reading
from factdesk.cli.output import progress_bar, say, say_json
from factdesk.cli.project_commands import AsJson, ProjectFile
from factdesk.errors import FactdeskError
from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats_known import get_format


def export(
    project: ProjectFile,
    format_name: Annotated[str, typer.Argument(help="Its name: factdesk formats lists them all.", metavar="FORMAT")],
    out: Annotated[Path, typer.Argument(help="The file to write; an older one is replaced.", metavar="OUT")],
    decisions_only: Annotated[
        bool, typer.Option("--decisions-only", help="Leave out suggestions that nobody has looked at.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Write the dataset to a file."""
    try:
        chosen = get_format(format_name.lower())
    except FactdeskError as error:
        raise typer.BadParameter(str(error), param_hint="FORMAT") from error
    with reading(project) as r, progress_bar("Exporting") as progress:
        made = export_project(r, chosen.name, out, ExportOptions(decisions_only=decisions_only), progress)
    count, unit = made.written.count, made.written.unit
    if json:
        say_json({"file": str(out), "format": chosen.name, "rows": count})
    else:
        say(f"Wrote {out}: {count:,} {unit}.")
