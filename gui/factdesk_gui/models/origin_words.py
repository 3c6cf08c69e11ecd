"""How articles that share their text are named on screen."""

from collections.abc import Mapping

from factdesk.model.clusters import Origin

_LONGEST = 28


def origin_words(origin: Origin, article_id: str, names: Mapping[str, str]) -> str:
    """For example "same text as Courier (86 %)"; with a person's own grouping without a share."""
    others = [other for other in origin.article_ids if other != article_id]
    if not others:
        return ""
    name = names.get(others[0], "another article")
    name = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    share = dict(zip(origin.article_ids, origin.shares, strict=True))[article_id]
    rounded = f" ({round(share * 100)} %)" if share else ""
    verb = "same text as" if share else "same source as"
    return f"{verb} {name}{more}{rounded}"
