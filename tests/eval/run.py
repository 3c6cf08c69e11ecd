"""Scores the pre-annotation: python tests/eval/run.py [FOLDER] [--only SET,SET] [--no-cost] [--out FOLDER] [--model NAME]

Our own small set always, and every set of FOLDER (score.py and sets/) where there is one. Prints one table of figures with their
floors and what is aimed at, and leaves predictions, figures (figures.json) and mistakes by kind (SET.errors.md) in out/eval.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from cost import cost
from figures import Row, figures
from labelled import write_own
from mistakes import mistakes

from factdesk.engine.local import preannotate
from factdesk.nlp import pipeline

ROOT = Path(__file__).parents[2]

TARGETS: dict[tuple[str, str], tuple[str, str]] = {
    ("own", "entities_strict F1"): (".88", ""),
    ("own", "entity_identity_pairs F1"): (".95", ""),
    ("own", "worth_AUC"): (".95", ""),
    ("own", "claims_precision"): (".90", ""),
    ("own", "claims_recall_of_sure"): (".95", ""),
    ("own", "quote_content F1"): (".88", ""),
    ("own", "links_AP"): (".80", ""),
    ("own", "links_suggested F1"): (".70", ""),
    ("own", "conflicts_flagged F1"): (".70", ""),
    ("case", "entities_strict F1"): (".75", ".94"),
    ("case", "entity_identity_pairs F1"): (".89", ".97"),
    ("case", "worth_AUC"): (".76", ".90"),
    ("case", "claims_precision"): (".75", ".85"),
    ("case", "claims_recall_of_sure"): (".95", ".95"),
    ("case", "links_AP"): (".58", ".75"),
    ("case", "links_suggested F1"): (".12", ".65"),
    ("case", "conflicts_flagged F1"): ("0", ".50"),
    ("entities-worldwide", "entities_strict F1"): (".69", ".77"),
    ("entities-news", "entities_strict F1"): (".62", ".72"),
    ("debates", "worth_MAP"): (".14", ".20"),
    ("news-facts", "worth_AUC"): (".52", ".75"),
    ("quotes", "quote_content F1"): ("", ".60"),
    ("quotes", "quote_source_right"): ("", ".80"),
    ("events", "links_AP"): (".66", ".75"),
    ("claim-pairs", "conflicts_flagged F1"): ("0", ".35"),
    ("cost", "cost_ratio"): ("", "1.3"),
}
"""What a plain model, a rule or TF-IDF reaches, and what is aimed at; for our own set the floor that a test holds."""


def lines(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score_set(path: Path, out: Path, loaded: pipeline.Pipeline, judge: ModuleType | None) -> dict[str, Any]:
    """One set: what is found, its figures, and its mistakes."""
    found_path, links_path = out / f"{path.stem}.jsonl", out / f"{path.stem}.links.jsonl"
    source = path
    if path.parent == out:  # our own set must not be written over
        found_path, links_path = out / f"{path.stem}.found.jsonl", out / f"{path.stem}.found.links.jsonl"
    preannotate(source, found_path, links_path, loaded)
    gold_links_path = path.with_name(path.stem + ".links.jsonl")
    gold_links = lines(gold_links_path) if gold_links_path.exists() else []
    gold, links = lines(path), lines(links_path)
    found = {row["id"]: row for row in lines(found_path)}
    (out / f"{path.stem}.errors.md").write_text(mistakes(gold, found, gold_links, links), encoding="utf-8")
    if judge is None:
        return figures(gold, found, gold_links, links)
    return _judged(judge, path, found_path, links_path)


def _judged(judge: ModuleType, path: Path, found: Path, links: Path) -> dict[str, Any]:
    """The figures as the shared `score.py` prints them."""
    printed = io.StringIO()
    with mock.patch.object(sys, "argv", ["score.py", str(path), str(found), "--links", str(links)]), contextlib.redirect_stdout(printed):  # fmt: skip
        judge.main()
    return json.loads(printed.getvalue())


def _load_judge(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def flat(result: dict[str, Any]) -> dict[str, float]:
    """Figures by name, those with precision and recall by "name F1", "name P" and "name R"."""
    found = {}
    for name, value in result.items():
        for part, number in value.items() if isinstance(value, dict) else [("", value)]:
            if isinstance(number, int | float):
                found[f"{name} {part}".strip()] = number
    return found


def table(results: dict[str, dict[str, Any]]) -> str:
    """One row for each figure, floors and aims beside."""
    rows = [("set", "figure", "floor", "now", "reach", "")]
    for name, result in results.items():
        for figure, value in flat(result).items():
            floor, reach = TARGETS.get((name, figure), ("", ""))
            if figure in {"articles", "missing", "characters", "links_outside_any_sentence"} and not value:
                continue
            mark = ""
            if reach:
                mark = "ok" if (value <= float(reach) if name == "cost" else value >= float(reach)) else "below"
            rows.append((name, figure, floor, f"{value:g}", reach, mark))
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def main() -> None:
    """Everything that is asked for, in one process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--only", default="", help="these sets, by name, with commas")
    parser.add_argument("--no-cost", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "eval")
    parser.add_argument("--model", default=None)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    only = set(filter(None, args.only.split(",")))
    loaded = pipeline.load(args.model)
    results: dict[str, dict[str, Any]] = {}
    if not only or "own" in only:
        results["own"] = score_set(write_own(args.out), args.out, loaded, None)
    args.out.mkdir(parents=True, exist_ok=True)
    sets = [p for p in sorted((args.folder / "sets").glob("*.jsonl")) if not p.stem.endswith(".links")]
    sets = [p for p in sets if p.stem != "claimbuster" and (not only or p.stem in only)]  # that one is to learn from
    for path in sets:
        sys.stderr.write(f"… {path.stem}\n")
        results[path.stem] = score_set(path, args.out, loaded, _load_judge(args.folder))
    if not args.no_cost:
        largest = args.folder / "sets" / "quotes.jsonl"
        results["cost"] = cost(loaded, lines(largest if largest.exists() else args.out / "own.jsonl"))
    (args.out / "figures.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(table(results) + "\n")
    sys.stderr.write(f"\nMistakes by kind, the worst first: {args.out}/*.errors.md\n")


if __name__ == "__main__":
    main()
