"""Figures of our own set, by the names and the meaning that `score.py` of the shared sets gives them."""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

Row = dict[str, Any]
Pair = tuple[int, int]
VALUES = {"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "MONEY"}


def trim(text: str, start: int, end: int) -> Pair:
    """A mention without its article and possessive."""
    start += len(re.match(r"(?i)\s*(?:(?:the|a|an)\s+)?", text[start:end])[0])
    return start, start + re.search(r"(?:[’'‘]s?)?\s*$", text[start:end]).start()


def overlap(a: Sequence[int], b: Sequence[int]) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def f1(hits: int, said: int, wanted: int) -> float:
    """The harmonic mean of precision and recall."""
    return round(2 * hits / (said + wanted), 3) if said + wanted else 0.0


def figures(gold: list[Row], found: dict[str, Row], gold_links: list[Row], links: list[Row]) -> dict[str, Any]:
    """All of them."""
    return {
        "entities_strict": {"F1": _entities(gold, found)},
        "entity_identity_pairs": {"F1": _identity(gold, found)},
        **_worth(gold, found),
        **_quotes(gold, found),
        **_links(gold, gold_links, links),
    }


def _mentions(row: Row, found: Row, name: str) -> dict[tuple[int, int, str], Any]:
    return {(*trim(row["text"], e["start"], e["end"]), e["label"]): e.get(name) for e in found["entities"]}


def _entities(gold: list[Row], found: dict[str, Row]) -> float:
    hits = said = wanted = 0
    for row in gold:
        want = {(*trim(row["text"], start, end), label) for start, end, label in row["entities"]}
        got = _mentions(row, found[row["id"]], "label").keys()
        hits, said, wanted = hits + len(want & got), said + len(got), wanted + len(want)
    return f1(hits, said, wanted)


def _identity(gold: list[Row], found: dict[str, Row]) -> float:
    items = []
    for row in gold:
        got = {key[:2]: entity for key, entity in _mentions(row, found[row["id"]], "entity").items()}
        items += [
            (name, got.get(trim(row["text"], start, end)))
            for start, end, label, name in row["canonical"]
            if label not in VALUES
        ]
    hits = said = wanted = 0
    for (name, entity), (other_name, other_entity) in combinations(items, 2):
        joined = entity is not None and entity == other_entity
        hits, said, wanted = hits + (joined and name == other_name), said + joined, wanted + (name == other_name)
    return f1(hits, said, wanted)


def best_score(span: Sequence[int], scored: Iterable[Row]) -> float:
    """The score of the sentence that covers this one."""
    over = [(overlap(span, (s["start"], s["end"])), s["score"]) for s in scored]
    good = [score for shared, score in over if shared > 0.3 * (span[1] - span[0])]
    return max(good, default=max(over, default=(0, 0.0))[1])


def is_marked(span: Sequence[int], claims: Iterable[Row]) -> bool:
    """Whether one of the claims is this sentence."""
    return any(
        overlap(span, (c["start"], c["end"])) > 0.3 * min(span[1] - span[0], c["end"] - c["start"]) for c in claims
    )


def _worth(gold: list[Row], found: dict[str, Row]) -> dict[str, float]:
    judged = [
        (worth, best_score(span, found[row["id"]]["sentences"]), is_marked(span, found[row["id"]]["claims"]))
        for row in gold
        for *span, worth in row["sentences"]
    ]
    good, bad = [s for worth, s, _ in judged if worth], [s for worth, s, _ in judged if not worth]
    pairs = sum((a > b) + 0.5 * (a == b) for a in good for b in bad)
    marked = [worth for worth, _, is_claim in judged if is_claim]
    sure = [is_claim for worth, _, is_claim in judged if worth == 2]
    return {
        "worth_AUC": round(pairs / (len(good) * len(bad)), 4),
        "claims_precision": round(sum(worth > 0 for worth in marked) / max(len(marked), 1), 3),
        "claims_recall_of_sure": round(sum(sure) / max(len(sure), 1), 3),
    }


def _quotes(gold: list[Row], found: dict[str, Row]) -> dict[str, Any]:
    hits = said = wanted = right = named = 0
    for row in gold:
        claims = [c for c in found[row["id"]]["claims"] if c["content"]]
        said += len(claims)
        for each in row["attributions"]:
            wanted += 1
            content = each["content"][0]
            best = max(claims, key=lambda c: overlap(content, c["content"]), default=None)
            if best is None or 2 * overlap(content, best["content"]) < max(content[1], best["content"][1]) - min(content[0], best["content"][0]):  # fmt: skip
                continue
            hits += 1
            named += bool(each["source"])
            right += bool(each["source"] and best["source"] and overlap(each["source"][0], best["source"]))
    return {"quote_content": {"F1": f1(hits, said, wanted), "R": round(hits / wanted, 3)}, "quote_source_right": round(right / max(named, 1), 3)}  # fmt: skip


def link_pairs(gold: list[Row], links: list[Row]) -> dict[frozenset[tuple[str, int, int]], Row]:
    """Links by the two labelled sentences that they join; of several the best."""
    spans = {row["id"]: [tuple(s[:2]) for s in row["sentences"]] for row in gold}
    found: dict[frozenset[tuple[str, int, int]], Row] = {}
    for link in links:
        sides = []
        for side in (link["a"], link["b"]):
            span = (side["start"], side["end"])
            best = max(spans[side["id"]], key=lambda s: overlap(s, span), default=None)
            if best is not None and overlap(best, span):
                sides.append((side["id"], *best))
        if len(sides) == 2:
            key = frozenset(sides)
            if key not in found or found[key]["score"] < link["score"]:
                found[key] = link
    return found


def _links(gold: list[Row], gold_links: list[Row], links: list[Row]) -> dict[str, Any]:
    want = {frozenset((tuple(link["a"]), tuple(link["b"]))): link["relation"] for link in gold_links}
    pairs = link_pairs(gold, links)
    offered = {key: link["relation"] for key, link in pairs.items() if link.get("suggested", True)}
    flagged = {key for key, relation in offered.items() if relation == "conflicts"}
    clash = {key for key, relation in want.items() if relation == "conflicts"}
    ranked = sorted(pairs, key=lambda key: -pairs[key]["score"])
    right, total = 0, 0.0
    for place, key in enumerate(ranked, 1):
        if key in want:
            right += 1
            total += right / place
    case_of = {row["id"]: row["id"].split("-")[0] for row in gold}
    return {
        "links_AP": round(total / len(want), 4),
        "links_suggested": {"F1": f1(len(want.keys() & offered.keys()), len(offered), len(want))},
        "links_across_events": sum(len({case_of[name] for name, *_ in key}) > 1 for key in offered),
        "conflicts_flagged": {"F1": f1(len(flagged & clash), len(flagged), len(clash))},
        "conflicts_wrong": len(flagged - clash),
    }
