"""The lines between the window and its child process."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.engine import protocol
from factdesk.model.analysis import Analysis, FoundClaim, FoundLink, FoundMention, FoundOrigin, FoundSentence, ModelInfo
from factdesk.model.claims import ClaimKind, Relation
from factdesk.model.spans import Span
from factdesk.model.values import Approximation, Attribution, Value, ValueKind

MODEL = ModelInfo("a_model", "1.0", "3.8", "0.1", "0a1b2c")
VALUES = (
    Value(ValueKind.NUMBER, Span(5, 13), "about 14", "boat", 14.0, 14.0, Approximation.ABOUT),
    Value(ValueKind.DATE, Span(14, 20), "Monday", first_day="2031-05-05", last_day="2031-05-05"),
    Value(ValueKind.TIME, Span(14, 20), "6 p.m.", time="18:00"),
)
ANALYSIS = Analysis(
    "a1",
    MODEL,
    (FoundMention(Span(0, 4), "GPE", "Oberau"), FoundMention(Span(5, 9), "DATE")),
    (FoundSentence(Span(0, 20), 0.75),),
    (
        FoundClaim(Span(0, 20), 0.75, ClaimKind.QUOTATION, "Mira Okoye", Span(1, 3), Span(4, 19), ("number", "date")),
        FoundClaim(
            Span(30, 50),
            0.5,
            ClaimKind.EVENT,
            repeat_of=0,
            cue="citing",
            attribution=(Attribution("Coast Guard", Span(30, 34), "said"), Attribution("a fisherman", None, "citing")),
            values=VALUES,
        ),
    ),
    "en",
)
LINK = FoundLink("a1", Span(0, 20), "a2", Span(3, 9), Relation.CONFLICTS, 0.8, "12 boats / 15 boats", suggested=False)
ORIGIN = FoundOrigin(("a1", "a2"), (0.5, 0.75))


@pytest.mark.parametrize(
    "message",
    [
        protocol.Load("some_model"),
        protocol.Load(),
        protocol.Article("a1", "Ferry 🚢", "text\nשלום"),
        protocol.Article("a1", "", "text", "2031-05-06"),
        protocol.Links(("a1", "a2")),
        protocol.Quit(),
    ],
    ids=lambda message: type(message).__name__,
)
def test_a_request_arrives_as_it_was_sent(message):
    line = protocol.encode(message)
    assert line.count(b"\n") == 1
    assert protocol.decode_request(line) == message


@pytest.mark.parametrize(
    "message",
    [
        protocol.Ready(MODEL),
        protocol.ArticleDone(ANALYSIS),
        protocol.LinksDone((LINK,)),
        protocol.LinksDone((), (ORIGIN,)),
        protocol.Failed("a1", "It broke.", "Try again."),
    ],
    ids=lambda message: type(message).__name__,
)
def test_an_answer_arrives_as_it_was_sent(message):
    assert protocol.decode_answer(protocol.encode(message)) == message


@given(st.text(), st.text())
def test_any_text_fits_on_one_line(title, text):
    line = protocol.encode(protocol.Article("a1", title, text))
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    protocol.decode_request(line)


@pytest.mark.parametrize(
    "line", [b"", b"hello", b"[1]", b'{"do":"dance"}', b'{"do":"article","id":"a"}', b'{"is":"ready"}']
)
def test_what_is_no_message_is_refused(line):
    with pytest.raises(protocol.ProtocolError):
        protocol.decode_request(line)
    with pytest.raises(protocol.ProtocolError):
        protocol.decode_answer(line)


def test_the_window_can_speak_without_loading_spacy():
    code = (
        "import sys, pkgutil, importlib, factdesk.model, factdesk.engine.protocol, factdesk.engine.worker\n"
        "[importlib.import_module('factdesk.model.' + m.name) for m in pkgutil.iter_modules(factdesk.model.__path__)]\n"
        "heavy = {'spacy', 'thinc', 'numpy', 'sqlite_utils', 'factdesk.nlp'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
