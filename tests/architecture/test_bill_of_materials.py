"""The software bill of materials names every package that the program runs with, without asking anyone."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_bill_names_every_pinned_package_with_version_hashes_and_licence(tmp_path):
    path = tmp_path / "new" / "bill.json"
    offline = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    command = [sys.executable, "-P", str(ROOT / "packaging" / "sbom.py"), str(path)]
    subprocess.run(command, check=True, env=os.environ | offline, timeout=120)
    bill = json.loads(path.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "factdesk"

    pinned = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    wanted = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", pinned, re.MULTILINE))
    assert {each["name"]: each["version"] for each in bill["components"]} == wanted
    digests = [each["value"] for one in bill["components"] for each in one["properties"] if "sha256" in each["name"]]
    assert sorted(digests) == sorted(re.findall("sha256:([0-9a-f]{64})", pinned))
    assert len({each["bom-ref"] for each in bill["components"]}) == len(wanted)
    for each in bill["components"]:
        elsewhere = any(entry["name"] == "factdesk:only-if" for entry in each["properties"])
        assert "licenses" in each or elsewhere, f"{each['name']} tells no licence"
