import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from nasty_case import OVER_A_LINE, nasty_case

EXAMPLE = Path(__file__).parents[2] / "docs" / "plugin-example"
COMMAND = "import sys; from factdesk_gui.__main__ import main; sys.exit(main())"


def install(site, modules, entry_points, name="factdesk_verdict_list"):
    """Puts a package where Python finds it, as an installer would."""
    about = site / f"{name}-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in found.items())
        for group, found in entry_points.items()
    ]
    (about / "entry_points.txt").write_text("\n".join(lines))
    for module, code in modules.items():
        (site / module).write_text(code)


@pytest.fixture
def site(tmp_path):
    """A folder of packages with the example in it, registered as its own project file says."""
    folder = tmp_path / "site"
    known = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    code = (EXAMPLE / "factdesk_verdict_list.py").read_text(encoding="utf-8")
    install(folder, {"factdesk_verdict_list.py": code}, known["entry-points"])
    return folder


def factdesk(site, *arguments):
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-c", COMMAND, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_example_exports_through_the_command(tmp_path, site):
    nasty_case(tmp_path).close()
    out = tmp_path / "verdicts.md"
    run = factdesk(site, "export", tmp_path / "nasty.factdesk", "verdict-list", out, "--option", "notes=with")
    assert run.returncode == 0, run.stderr
    lines = out.read_text(encoding="utf-8").splitlines()
    words = " ".join(OVER_A_LINE.split()).replace("-", "\\-")
    assert f"- **disputed, missing context** “{words}”" in lines
    assert '# The Harbour Post — Ferry “Milva” sinks \\<b\\>&"now"' in lines
    assert sum(line.startswith("- ") for line in lines) == 9
    assert not any("no verdict" in line for line in lines)
    about = json.loads((tmp_path / "verdicts.md.about.json").read_text(encoding="utf-8"))
    assert about["checked"] == "Read again: 9 lines, one for each verdict."
    assert any("mentions" in loss for loss in about["cannot_hold"])


def test_broken_plugins_are_named_and_harm_nobody(tmp_path, site):
    shutil.rmtree(site)
    modules = {
        "factdesk_broken.py": "import a_library_that_is_not_there\n",
        "factdesk_odd.py": "EXPORT = 'no format'\n",
        "factdesk_twin.py": "from factdesk.exchange.formats.jsonl import EXPORT\n",
    }
    exporters = {
        "broken": "factdesk_broken:EXPORT", "gone": "factdesk_gone:EXPORT", "odd": "factdesk_odd:EXPORT", "twin": "factdesk_twin:EXPORT",
    }  # fmt: skip
    install(site, modules, {"factdesk.exporters": exporters}, "factdesk_broken")
    run = factdesk(site, "formats", "--json")
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    told = " ".join(found["broken"])
    assert "“broken” cannot be loaded (ModuleNotFoundError" in told
    assert "“gone” cannot be loaded" in told
    assert "“odd” is no ExportFormat." in told
    assert "There are two called “jsonl”" in told
    assert {"jsonl", "csv"} <= {each["name"] for each in found["formats"]}
    nasty_case(tmp_path).close()
    assert factdesk(site, "export", tmp_path / "nasty.factdesk", "csv", tmp_path / "claims.csv").returncode == 0


def test_the_guide_names_the_example_as_it_is():
    guide = (EXAMPLE.parent / "plugins.md").read_text(encoding="utf-8")
    (entry,) = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]["entry-points"][
        "factdesk.exporters"
    ].items()
    assert f'{entry[0]} = "{entry[1]}"' in guide
