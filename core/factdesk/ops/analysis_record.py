"""Keeping which model read an article, and what was different from the time before."""

import json
from typing import Any

from factdesk.model.analysis import Analysis
from factdesk.model.ids import new_id
from factdesk.store.transaction import Transaction


def store_run(tx: Transaction, analysis: Analysis, changed: dict[str, Any]) -> None:
    """Write the run; `changed` is empty for the first one of an article."""
    _store_last(tx, analysis)
    model = analysis.model
    tx.put(
        "analysis_runs",
        {
            "id": new_id(),
            "article_id": analysis.article_id,
            "model_name": model.name,
            "model_version": model.version,
            "spacy_version": model.spacy_version,
            "factdesk_version": model.factdesk_version,
            "resources_version": model.resources_version,
            "at": tx.now,
            "changed": json.dumps(changed, ensure_ascii=False, separators=(",", ":")),
        },
    )
    if analysis.language:
        tx.execute(
            "UPDATE articles SET language = ? WHERE id = ? AND language = ''", (analysis.language, analysis.article_id)
        )


def _store_last(tx: Transaction, analysis: Analysis) -> None:
    model = analysis.model
    row = {
        "article_id": analysis.article_id,
        "model_name": model.name,
        "model_version": model.version,
        "spacy_version": model.spacy_version,
        "factdesk_version": model.factdesk_version,
        "language": analysis.language,
        "analysed_at": tx.now,
        "sentences": json.dumps([[s.span.start, s.span.end, s.score] for s in analysis.sentences]),
        "resources_version": model.resources_version,
    }
    known = tx.execute(
        f"UPDATE analyses SET {', '.join(f'{name} = ?' for name in row)} WHERE article_id = ?",  # noqa: S608 - own names
        (*row.values(), analysis.article_id),
    )
    if not known:
        tx.put("analyses", row)
