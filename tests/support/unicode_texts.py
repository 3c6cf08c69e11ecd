"""Hypothesis strategies for texts that break programs: emoji, joiners, marks, odd line ends, right-to-left, CJK."""

from hypothesis import strategies as st

PIECES = (
    "a", "The ", "240 soldiers", "won’t", " ", "  ", "\t", ".", "“", "”", "\"", "'", "- ", "• ",
    "😊", "👩‍👩‍👧", "🇺🇦", "🇩🇪", "👍🏽", "\U0010ffff", "\U0001f468\u200d\U0001f680",
    "e\u0301", "\u0301", "ǟ", "n\u0303o", "\u200d", "\u200b", "\u00ad", "\ufe0f", "\u2060",
    "\n", "\r\n", "\r", "\n\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\u00a0", "\ufeff", "\0", "\ufffc", "\ufdd0",
    "שלום", "مرحبا", "\u200f", "\u202e", "12 קמ", "日本語", "テスト", "。", "「", "」", "北京", "한국", "क्षि", "ก็",
    "=1+1", "@x", "+7", ",", ";", "|", "_", "->", "\\", "<b>",
)  # fmt: skip

texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map("".join)
"""Any text, normalised or not; no lone surrogates, so that every encoding of Unicode can carry it."""

wild_texts = st.lists(
    st.one_of(st.sampled_from([*PIECES, "\ud83d", "\ude0a", "\ud83d\ude0a"]), st.characters()), max_size=40
).map("".join)
"""Any text at all, with halves of surrogate pairs."""


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and the two ends of a span in it."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))
