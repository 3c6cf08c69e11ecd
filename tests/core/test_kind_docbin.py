import pickle
import struct
import time
import zlib

import pytest
import spacy
import srsly
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as SpacySpan

from factdesk.errors import ImportRefusedError
from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.importers import importer_for
from factdesk.exchange.kinds import docbin
from factdesk.exchange.kinds.docbin import IMPORTER, read_docbin
from factdesk.exchange.process import FileProcess
from factdesk.exchange.readings import AS_IT_IS, BadPart, SourceFile
from factdesk.model.claims import Status, Verdict
from nasty_case import nasty_case


@pytest.fixture
def nasty(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def packed(*docs, **more):
    return DocBin(store_user_data=True, docs=docs, **more).to_bytes()


def read(data, name="foreign.spacy"):
    file = SourceFile(name, data)
    assert importer_for(file) is IMPORTER
    return list(read_docbin(file, AS_IT_IS))


def doc_of(text="Milva Lines sank the ferry. Nobody was hurt."):
    return spacy.blank("en")(text)


def test_our_own_file_comes_back_with_every_mark(nasty, tmp_path):
    out = tmp_path / "case.spacy"
    export_project(nasty.project, "docbin", out)
    readings = read(out.read_bytes(), "case.spacy")
    documents = list(Dataset(nasty.reader, ExportOptions()).documents())
    assert [reading.article.text for reading in readings] == [document.text for document in documents]
    for reading, document in zip(readings, documents, strict=True):
        meta = document.article.meta
        found = reading.article.meta
        assert (found.publisher, found.url, found.published_at) == (meta.publisher, meta.url, meta.published_at)
        claims = {(claim.span, claim.key): claim for claim in reading.given.claims}
        assert set(claims) == {(each.claim.span, each.claim.id) for each in document.claims}
        for each in document.claims:
            claim = claims[each.claim.span, each.claim.id]
            assert claim.judgement == each.claim.judgement
            assert (claim.kind, claim.reviewer, claim.decided_at) == (
                each.claim.kind, each.claim.decided_by, each.claim.decided_at,
            )  # fmt: skip
            assert (claim.normalised, claim.claimant, claim.score) == (
                each.claim.normalised, each.claim.claimant, each.claim.score,
            )  # fmt: skip
            assert claim.is_suggestion == (each.claim.status is Status.SUGGESTED)
        assert {(mention.span, mention.label, mention.is_suggestion) for mention in reading.given.mentions} == {
            (mention.span, mention.label, mention.status is Status.SUGGESTED) for mention in document.mentions
        }
        assert reading.warnings == ()
        assert next(iter(DocBin().from_bytes(reading.article.source.original).get_docs(spacy.blank("xx").vocab))).text


def test_entities_and_spans_of_a_stranger_become_marks():
    doc = doc_of()
    doc.set_ents([SpacySpan(doc, 0, 2, label="ORGANIZATION"), SpacySpan(doc, 3, 5, label="Vessel")])
    doc.spans["claims"] = [SpacySpan(doc, 0, 6, label="SUPPORTED"), SpacySpan(doc, 6, 10, label="claim")]
    doc.spans["sc"] = [SpacySpan(doc, 0, 2, label="ORG"), SpacySpan(doc, 6, 10, label="suggestion")]
    data = packed(doc)
    [reading] = read(data)
    assert reading.article.text == doc.text
    assert reading.article.source.original is data
    mentions = {(mention.span.of(doc.text), mention.label) for mention in reading.given.mentions}
    assert mentions == {("Milva Lines", "ORG"), ("the ferry", "Vessel")}
    claims = [(c.span.of(doc.text), c.judgement.verdict, c.is_suggestion) for c in reading.given.claims]
    assert claims == [
        ("Milva Lines sank the ferry.", Verdict.VERIFIED, False),
        ("Nobody was hurt.", None, False),
        ("Nobody was hurt.", None, True),
    ]
    assert any("“Vessel” (1)" in warning for warning in reading.warnings)


def test_a_label_that_was_changed_in_spacy_counts_more_than_what_we_had_written(nasty, tmp_path):
    out = tmp_path / "case.spacy"
    export_project(nasty.project, "docbin", out)
    docs = list(DocBin().from_disk(out).get_docs(spacy.blank("xx").vocab))
    claims = list(docs[0].spans["claims"])
    changed = next(n for n, span in enumerate(claims) if span.label_ == "unverified")
    quote = claims[changed].text
    claims[changed] = SpacySpan(
        docs[0], claims[changed].start, claims[changed].end, label="verified", span_id=claims[changed].id_
    )
    docs[0].spans["claims"] = claims
    reading = read(packed(*docs))[0]
    claim = next(each for each in reading.given.claims if each.span.of(reading.article.text) == quote)
    assert (claim.judgement.verdict, claim.judgement.reason) == (Verdict.VERIFIED, None)


def test_data_that_names_another_text_or_no_verdict_of_ours_is_not_believed(nasty, tmp_path):
    out = tmp_path / "case.spacy"
    export_project(nasty.project, "docbin", out)
    [doc, *_] = DocBin().from_disk(out).get_docs(spacy.blank("xx").vocab)
    facts = doc.user_data["factdesk"]
    good = len(read(packed(doc))[0].given.claims)
    id_ = next(id_ for id_, fact in facts["claims"].items() if fact["verdict"] == "disputed")
    for broken in (
        {"verdict": "sunk"},
        {"reason": 7},
        {"confidence": "x"},
        {"start": -3},
        {"end": "far"},
        {"note": ["a"]},
    ):
        doc.user_data["factdesk"] = {**facts, "claims": {**facts["claims"], id_: {**facts["claims"][id_], **broken}}}
        [reading] = read(packed(doc))
        assert len(reading.given.claims) == good
        assert all(isinstance(claim.judgement.note, str) for claim in reading.given.claims)
    for odd in (None, 3, [], {"version": 1}, {**facts, "version": 9}, {**facts, "claims": 3, "mentions": None}):
        doc.user_data["factdesk"] = odd
        [reading] = read(packed(doc))
        assert len(reading.given.claims) == good
        assert all(claim.judgement.note == "" for claim in reading.given.claims)
    doc.user_data["factdesk"] = {**facts, "article": {**facts["article"], "text_sha256": "0" * 64}}
    [reading] = read(packed(doc))
    assert reading.article.meta.publisher == ""
    assert {claim.judgement.reason for claim in reading.given.claims} == {None}


def test_texts_are_stored_normalised_and_places_move_with_them():
    vocab = spacy.blank("en").vocab
    doc = Doc(vocab, words=["One", "\r\n", "Milva", "sank"], spaces=[False, False, True, False])
    doc.set_ents([SpacySpan(doc, 2, 3, label="PRODUCT")])
    [reading] = read(packed(doc))
    assert reading.article.text == "One\nMilva sank"
    assert [mention.span.of(reading.article.text) for mention in reading.given.mentions] == ["Milva"]


def test_words_without_spaces_are_joined_and_that_is_told():
    doc = Doc(spacy.blank("en").vocab, words=["Milva", "sank", "."])
    doc.has_unknown_spaces = True
    [reading] = read(packed(doc))
    assert reading.article.text.strip() == "Milva sank ."
    assert any("spaces" in warning for warning in reading.warnings)


def test_a_broken_document_is_told_and_the_others_come_in():
    data = srsly.msgpack_loads(zlib.decompress(packed(doc_of(), doc_of("The sea was calm today."), doc_of("  "))))
    data["span_groups"][0] = b"\xc1broken"
    found = read(zlib.compress(srsly.msgpack_dumps(data)))
    assert isinstance(found[0], BadPart)
    assert found[0].place == "document 1"
    assert found[1].article.text == "The sea was calm today."
    assert (found[2].place, found[2].reason) == ("document 3", "its text has no word")


def test_spans_outside_the_document_are_told_and_do_no_harm():
    doc = doc_of()
    doc.spans["claims"] = [SpacySpan(doc, 0, 3, label="claim")]
    data = srsly.msgpack_loads(zlib.decompress(packed(doc)))
    groups = srsly.msgpack_loads(data["span_groups"][0])
    [(group, names)] = groups.items()
    inner = srsly.msgpack_loads(group)
    fields = struct.unpack(">QQQllll", inner["spans"][0])
    inner["spans"] += [struct.pack(">QQQllll", *fields[:3], start, end, 0, 9) for start, end in
                       ((5, 2), (-7, 3), (0, 2**31 - 1), (900, 901))]  # fmt: skip
    data["span_groups"][0] = srsly.msgpack_dumps({srsly.msgpack_dumps(inner): names})
    [reading] = read(zlib.compress(srsly.msgpack_dumps(data)))
    assert [claim.span.of(doc.text) for claim in reading.given.claims] == ["Milva Lines sank"]
    assert "4 marks were left out: nothing stands at the place given." in reading.warnings


class Explodes:
    def __reduce__(self):
        return (pytest.fail, ("code of a file was run",))


def test_no_pickle_is_ever_loaded(monkeypatch):
    doc = doc_of()
    doc.user_data["factdesk"] = pickle.dumps(Explodes())
    doc.user_data["array"] = {
        b"nd": True,
        b"type": "|O",
        b"kind": b"",
        b"shape": [1],
        b"data": pickle.dumps(Explodes()),
    }
    monkeypatch.setattr(pickle, "loads", lambda *_: pytest.fail("pickle was used"))
    monkeypatch.setattr(pickle, "Unpickler", lambda *_: pytest.fail("pickle was used"))
    [found] = list(read_docbin(SourceFile("x.spacy", packed(doc_of())), AS_IT_IS))
    assert found.article.text == doc_of().text
    with pytest.raises(ImportRefusedError, match="can be read"):
        list(read_docbin(SourceFile("x.spacy", packed(doc)), AS_IT_IS))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: data[: len(data) // 2], "is cut off"),
        (lambda _: b"\x78\x9c" + b"\0" * 50, "no spaCy DocBin"),
        (lambda _: zlib.compress(b"\x81\xa7version\xc1"), "no spaCy DocBin"),
        (lambda _: zlib.compress(srsly.msgpack_dumps({"version": "0.1", "attrs": []})), "no spaCy DocBin"),
        (lambda _: zlib.compress(srsly.msgpack_dumps([1, 2])), "no spaCy DocBin"),
        (lambda _: packed(), "no document"),
    ],
)
def test_what_is_no_docbin_is_refused_by_name(spoil, words):
    with pytest.raises(ImportRefusedError, match=words) as caught:
        list(read_docbin(SourceFile("odd.spacy", spoil(packed(doc_of()))), AS_IT_IS))
    assert "“odd.spacy”" in caught.value.message


def test_a_file_that_unfolds_without_end_is_refused_soon(monkeypatch):
    monkeypatch.setattr(docbin, "LARGEST", 20 * 2**20)
    bomb = zlib.compress(b"\x81\xa7version" + b"\0" * (60 * 2**20), 9)
    began = time.monotonic()
    with pytest.raises(ImportRefusedError, match="unfolds to more than 20 MB"):
        list(read_docbin(SourceFile("bomb.spacy", bomb), AS_IT_IS))
    assert time.monotonic() - began < 5


def test_the_child_process_reads_it_without_writing_anything(tmp_path):
    path = tmp_path / "one.spacy"
    path.write_bytes(packed(doc_of()))
    with FileProcess("read") as process:
        [reading] = process.read(path)
    assert reading.article.text == doc_of().text
    assert reading.kind == "spaCy DocBin"
