"""A child process that stands for the one that writes exports: begins, tells its progress, and does as it is told.

usage: fake_exporter.py hang|refuse|die
"""

import json
import sys
import time
from pathlib import Path


def say(**message):
    """One answer."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main():
    """Answers every request in the one way."""
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "foresee":
            say(**{"is": "foreseen", "losses": []})
            continue
        out = Path(request["out"])
        out.with_name(f".{out.name}.part").write_text("half", encoding="utf-8")
        say(**{"is": "progress", "done": 1, "total": 2})
        match sys.argv[1]:
            case "hang":
                time.sleep(600)
            case "refuse":
                say(
                    **{
                        "is": "refused",
                        "message": "It does not load.",
                        "hint": "Nothing was put in place.",
                        "error": "FactdeskError",
                    }
                )
            case "die":
                return


main()
