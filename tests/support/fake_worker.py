"""A child process that speaks the protocol of pre-annotation without a language model.

An article's text tells it what to do: "crash", "crash once FILE", "hang", "wait for FILE", "fail"; anything else is
analysed at once. A text with the word "Claims:" is one claim as a whole.
"""

import os
import sys
import threading
from pathlib import Path

from factdesk.engine.protocol import (
    Article,
    ArticleDone,
    Failed,
    Links,
    LinksDone,
    Load,
    Quit,
    Ready,
    decode_request,
    encode,
)
from factdesk.model.analysis import Analysis, FoundClaim, FoundLink, FoundMention, FoundOrigin, FoundSentence, ModelInfo
from factdesk.model.claims import ClaimKind, Relation
from factdesk.model.spans import Span

INFO = ModelInfo("fake", "1", "0", "0")


def say(answer):
    sys.stdout.buffer.write(encode(answer))
    sys.stdout.buffer.flush()


def do_article(article):
    words = article.text.split()
    if words[:2] == ["crash", "once"] and not Path(words[2]).exists():
        Path(words[2]).touch()
        words = ["crash"]
    if words == ["crash"]:
        sys.stderr.write("the ground gave way\n")
        sys.stderr.flush()
        os._exit(7)
    while words[:2] == ["wait", "for"] and not Path(words[2]).exists():
        threading.Event().wait(0.02)
    if words == ["hang"]:
        threading.Event().wait()
    if words == ["fail"]:
        say(Failed(article.id, "It cannot be read.", "Mark it by hand."))
        return
    sys.stdout.buffer.write(b"a library prints something\n")
    mention = FoundMention(Span(0, max(1, len(words[0]) if words else 1)), "ORG", words[0] if words else None)
    sentence = FoundSentence(Span(0, max(1, len(article.text))), 0.5)
    say(ArticleDone(Analysis(article.id, INFO, (mention,), (sentence,), claims_of(article), language="en")))


def claims_of(article):
    whole = Span(0, len(article.text.rstrip()))
    return (FoundClaim(whole, 0.5, ClaimKind.EVENT),) if "Claims:" in article.text else ()


def main():
    known = {}
    for line in sys.stdin.buffer:
        match decode_request(line):
            case Load("missing"):
                say(Failed("", "The model “missing” is not installed.", "Choose another one."))
            case Load(model):
                say(Ready(ModelInfo(model or "bundled", "1", "0", "0")))
            case Article() as article:
                do_article(article)
                known[article.id] = claims_of(article)
            case Links(ids):
                assert set(ids) <= known.keys(), "asked to link what was not read here"
                say(ArticleDone(Analysis(ids[0], INFO, claims=known[ids[0]], language="whole")))
                link = FoundLink(ids[0], Span(0, 1), ids[1], Span(0, 1), Relation.SAME, 0.9)
                say(LinksDone((link,), (FoundOrigin(ids[:2], (1.0, 0.5)),)))
            case Quit():
                return


if __name__ == "__main__":
    main()
