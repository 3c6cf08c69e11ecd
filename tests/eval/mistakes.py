"""What went wrong, by kind, with the worst examples: read it before the next change, and never put it under version control."""

from collections import Counter, defaultdict
from itertools import combinations

from figures import VALUES, Row, best_score, is_marked, link_pairs, overlap, trim

_EXAMPLES = 25
Kinds = dict[str, list[tuple[float, str]]]


def mistakes(gold: list[Row], found: dict[str, Row], gold_links: list[Row], links: list[Row]) -> str:
    """All kinds of mistakes as Markdown: how many of each, the worst first."""
    kinds: Kinds = defaultdict(list)
    for row in gold:
        here = found[row["id"]]
        if "entities" in row:
            _entity_mistakes(row, here, kinds)
        if "sentences" in row and any(len(s) > 2 for s in row["sentences"]):
            _worth_mistakes(row, here, kinds)
        if "attributions" in row:
            _quote_mistakes(row, here, kinds)
    _identity_mistakes(gold, found, kinds)
    if gold_links:
        _link_mistakes(gold, gold_links, links, kinds)
    lines = ["| kind | number |", "|---|---|", *(f"| {kind} | {len(cases)} |" for kind, cases in sorted(kinds.items()))]
    for kind, cases in sorted(kinds.items()):
        lines += ["", f"## {kind} ({len(cases)})", ""]
        lines += [f"- {text}" for _, text in sorted(cases, key=lambda case: (-case[0], case[1]))[:_EXAMPLES]]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _around(text: str, start: int, end: int) -> str:
    return _line(f"{text[max(0, start - 40) : start]}**{text[start:end]}**{text[end : end + 30]}")


def _entity_mistakes(row: Row, here: Row, kinds: Kinds) -> None:
    labels, text = row.get("labels"), row["text"]
    keep = set(labels.values()) if labels else None
    want = {(*trim(text, s, e), label) for s, e, label, *_ in row["entities"] if keep is None or label in keep}
    got = set()
    for each in here["entities"]:
        label = labels.get(each["label"]) if labels else each["label"]
        if label:
            got.add((*trim(text, each["start"], each["end"]), label))
    for start, end, label in sorted(got - want):
        near = [w for w in want if overlap(w, (start, end))]
        if any(w[:2] == (start, end) for w in near):
            kind = f"entity: {near[0][2]} called {label}"
        elif near:
            kind = "entity: other edges" if near[0][2] == label else "entity: other edges and label"
        else:
            kind = f"entity: {label} that is none"
        kinds[kind].append((0, _around(text, start, end) + (f" / {text[near[0][0] : near[0][1]]}" if near else "")))
    for start, end, label in sorted(want):
        if not any(overlap(g, (start, end)) for g in got):
            kinds[f"entity: {label} missed"].append((0, _around(text, start, end)))


def _identity_mistakes(gold: list[Row], found: dict[str, Row], kinds: Kinds) -> None:
    cases: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in gold:
        got = {trim(row["text"], e["start"], e["end"]): e.get("entity") for e in found[row["id"]]["entities"]}
        for start, end, label, name in row.get("canonical", []):
            entity = got.get(trim(row["text"], start, end))
            if name not in {None, "-"} and label not in VALUES and entity:
                cases[row.get("case", row["id"])].append((name, entity, row["text"][start:end]))
    seen: Counter[tuple[str, str]] = Counter()
    for items in cases.values():
        for a, b in combinations(items, 2):
            if (a[0] == b[0]) != (a[1] == b[1]):
                kind = "identity: kept apart" if a[0] == b[0] else "identity: thrown together"
                seen[kind, f"{a[2]} ({a[1]}) / {b[2]} ({b[1]})"] += 1
    for (kind, text), count in seen.items():
        kinds[kind].append((count, f"{text} x {count}"))


def _worth_mistakes(row: Row, here: Row, kinds: Kinds) -> None:
    most = max(s[2] for s in row["sentences"])
    for start, end, worth in row["sentences"]:
        score = best_score((start, end), here["sentences"])
        marked = is_marked((start, end), here["claims"])
        text = f"{score:.2f} {_line(row['text'][start:end])}"
        if not worth and marked:
            kinds["claim: not worth it"].append((score, text))
        elif worth and not marked:
            kinds[f"claim: missed, worth {worth} of {most}"].append((1 - score, text))


def _quote_mistakes(row: Row, here: Row, kinds: Kinds) -> None:
    text = row["text"]
    claims = [c for c in here["claims"] if c["content"]]
    for each in row["attributions"]:
        if not each["content"]:
            continue
        content = (min(s for s, _ in each["content"]), max(e for _, e in each["content"]))
        best = max(claims, key=lambda c: overlap(content, c["content"]), default=None)
        told = f"{' '.join(text[s:e] for s, e in each['source'])}: {_line(text[content[0] : content[1]])}"
        if best is None or not overlap(content, best["content"]):
            kinds["quote: missed"].append((0, told))
        elif 2 * overlap(content, best["content"]) < max(content[1], best["content"][1]) - min(content[0], best["content"][0]):  # fmt: skip
            kinds["quote: other edges"].append((0, f"{told} / {_line(text[slice(*best['content'])])}"))
        elif each["source"] and not (best["source"] and any(overlap(s, best["source"]) for s in each["source"])):
            said = text[slice(*best["source"])] if best["source"] else "nobody"
            kinds["quote: another source"].append((0, f"{told} / {said}"))
    for claim in claims:
        if not any(overlap(c, claim["content"]) for a in row["attributions"] for c in a["content"]):
            kinds["quote: that is none"].append((0, _line(text[slice(*claim["content"])])))


def _link_mistakes(gold: list[Row], gold_links: list[Row], links: list[Row], kinds: Kinds) -> None:
    texts = {row["id"]: row["text"] for row in gold}
    want = {frozenset((tuple(x["a"]), tuple(x["b"]))): x["relation"] for x in gold_links}
    units = [{"id": name, "sentences": []} for name in texts]
    by_id = {unit["id"]: unit["sentences"] for unit in units}
    for row in gold:
        by_id[row["id"]] += [tuple(s[:2]) for s in row.get("sentences", [])]
    for link in gold_links:
        for name, start, end in (link["a"], link["b"]):
            if (start, end) not in by_id[name]:
                by_id[name].append((start, end))
    pairs = link_pairs(units, links)
    for key in want.keys() | pairs.keys():
        relation, link = want.get(key, "none"), pairs.get(key)
        score = link["score"] if link else 0.0
        offered = bool(link and link.get("suggested", True))
        kind = _link_kind(relation, link["relation"] if link and offered else "")
        if kind:
            both = " / ".join(_line(texts[name][start:end]) for name, start, end in sorted(key))
            badness = score if relation == "none" else 1 - score
            kinds[kind].append((badness, f"{score:.2f} {both} ({link['reason'] if link else ''})"))


def _link_kind(relation: str, said: str) -> str:
    """The kind of mistake, "" where there is none."""
    if relation == "none":
        return f"link: {said} that is none" if said else ""
    if not said:
        return f"link: {relation} missed"
    return f"link: {relation} called {said}" if relation != said and "conflicts" in {relation, said} else ""
