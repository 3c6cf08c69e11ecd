"""From scored sentences to proposed claims: span, claimant, content, and which copy comes first."""

from factdesk.model.analysis import FoundClaim
from factdesk.nlp import checkworthy, features
from factdesk.nlp.drafts import ArticleDraft, Attribution, NameUse, SentenceDraft
from factdesk.nlp.sentences import bare
from factdesk.nlp.voices import chain, claimant


def claims_of(draft: ArticleDraft, uses: list[NameUse]) -> list[FoundClaim]:
    """The claims of one article in text order. A quotation over several sentences is the content of its first claim only."""
    index: dict[int, int] = {}
    made: list[FoundClaim] = []
    told: set[tuple[int, int]] = set()
    for i, sentence in enumerate(draft.sentences):
        original = draft.sentences[sentence.repeat_of] if sentence.repeat_of is not None else sentence
        span = bare(draft.text, sentence.span)
        if span is None or not checkworthy.is_claim(original):
            continue
        copy_of = index.get(sentence.repeat_of) if sentence.repeat_of is not None else None
        if sentence.repeat_of is not None and copy_of is None:
            continue
        index[i] = len(made)
        said = _main(sentence)
        speaker = claimant(draft, uses, span, said) if said is not None else ""
        content = bare(draft.text, said.content) if said is not None else None
        if said is not None and (said.content.start, said.content.end) in told:
            content = None
        elif said is not None:
            told.add((said.content.start, said.content.end))
        made.append(
            FoundClaim(
                span,
                original.score,
                checkworthy.kind(sentence),
                speaker,
                said.source if said is not None else None,
                content,
                features.in_words(sentence.features),
                copy_of,
                cue=said.cue.of(draft.text).strip() if said is not None and said.cue is not None else "",
                attribution=chain(draft, uses, sentence.span, said, speaker) if said is not None else (),
                values=sentence.values,
            )
        )
    return made


def _main(sentence: SentenceDraft) -> Attribution | None:
    """The attribution that covers most; a sentence inside a longer quotation has that one."""
    longest = max(sentence.attributions, key=lambda a: (len(a.content), -a.content.start), default=None)
    return longest or sentence.continued
