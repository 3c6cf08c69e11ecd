import pytest

from factdesk.errors import ImportRefusedError
from factdesk.exchange.dataset import Dataset, ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.files import expand_paths
from factdesk.exchange.importers import importer_for, load_file
from factdesk.exchange.kinds.conll import IMPORTER, looks_like_conll, pieces_of, read_conll
from factdesk.exchange.readings import AS_IT_IS, BadPart, ReadOptions, SourceFile
from factdesk.model.claims import Status, Verdict
from nasty_case import OVER_A_LINE, TWO_SENTENCES, nasty_case

FERRY = """\
Milva B-ORG
Lines I-ORG
sank O
off O
Port B-GPE
Ostrel I-GPE
. O

Nobody O
was O
hurt O
. O
"""


@pytest.fixture
def nasty(tmp_path):
    case = nasty_case(tmp_path)
    yield case
    case.close()


def read(content, name="ferry.conll", encoding=None):
    data = content if isinstance(content, bytes) else content.encode()
    file = SourceFile(name, data)
    assert importer_for(file) is IMPORTER
    return list(read_conll(file, ReadOptions(encoding)))


def marks_of(reading):
    return [(mention.span.of(reading.article.text), mention.label) for mention in reading.given.mentions]


def test_sentences_become_lines_and_tags_become_marks():
    [reading] = read(FERRY)
    assert reading.article.text == "Milva Lines sank off Port Ostrel .\nNobody was hurt ."
    assert marks_of(reading) == [("Milva Lines", "ORG"), ("Port Ostrel", "GPE")]
    assert reading.article.source.original == FERRY.encode()
    assert reading.warnings == ("The file does not say where spaces are: its words were joined with one each.",)


@pytest.mark.parametrize(
    "tags",
    [
        "B-A I-A O B-B B-B",  # IOB2
        "I-A I-A O I-B B-B",  # IOB1
        "B-A E-A O S-B S-B",  # BIOES
        "B-A L-A O U-B U-B",  # BILOU
        "I-A E-A O E-B E-B",  # IOE2
    ],
)
def test_every_scheme_of_tags_is_read(tags):
    assert list(pieces_of(1, tags.split())) == [(1, 1, 2, "A"), (1, 4, 4, "B"), (1, 5, 5, "B")]


def test_a_type_that_changes_begins_a_mark():
    assert list(pieces_of(3, ["B-A", "I-B", "I-B"])) == [(3, 1, 1, "A"), (3, 2, 3, "B")]
    assert list(pieces_of(1, ["B-A", "M-A", "E-A", "O"])) == [(1, 1, 3, "A")]
    assert list(pieces_of(1, [])) == []


def test_four_columns_and_several_documents_are_read():
    content = "-DOCSTART- -X- O\n\nMilva -X- _ B-ORG\nsank -X- _ O\n\n-DOCSTART- -X- -X- O\n\nNobody NN I-NP O\nwas VB I-VP O\n"
    first, second = read(content, "result.conll")
    assert (first.article.text, second.article.text) == ("Milva sank", "Nobody was")
    assert (first.place, second.place) == ("document 1", "document 2")
    assert marks_of(first) == [("Milva", "ORG")]
    assert second.article.source.original.startswith(b"-DOCSTART- -X- -X- O\n\nNobody NN")


def test_tabs_other_encodings_line_ends_and_comments_are_read():
    content = "# id 7\nZoë\tB-PER\nx y\tI-PER\nsank\tO\n\t\n".replace("\n", "\r\n")
    [reading] = read(content.encode("utf-8-sig"), "x.bio")
    assert marks_of(reading) == [("Zoë x y", "PERSON")]
    assert reading.article.source.encoding.startswith("utf-8")
    [reading] = list(
        read_conll(SourceFile("x.conll", FERRY.replace("Milva", "Zoë").encode("cp1252")), ReadOptions("cp1252"))
    )
    assert reading.article.text.startswith("Zoë Lines")


def test_tags_of_claims_become_claims():
    content = "One B-disputed\ntwo I-disputed\nthree B-claim\nfour B-suggestion\nfive B-Claim\n"
    [reading] = read(content)
    claims = [(c.span.of(reading.article.text), c.judgement.verdict, c.is_suggestion) for c in reading.given.claims]
    assert claims == [
        ("One two", Verdict.DISPUTED, False), ("three", None, False), ("four", None, True), ("five", None, False),
    ]  # fmt: skip
    assert reading.given.mentions == ()


def test_lines_without_a_tag_are_told_and_left_out():
    *bad, reading = read(FERRY + "\nwhat is this\nand O\nthen O\n")
    assert bad == [BadPart("line 14", "it does not end with a tag")]
    assert reading.article.text.endswith("\nand then")
    with pytest.raises(ImportRefusedError, match=r"“x\.conll” is no CoNLL"):
        list(read_conll(SourceFile("x.conll", b"a O\nno tag here\nnor here\n"), AS_IT_IS))


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (FERRY.encode(), True),
        (b"\xef\xbb\xbf" + FERRY.encode(), True),
        (b"a O\n" * 5, True),
        (b"a O\n" * 4, False),
        (b"-DOCSTART- -X- O\n\na O\n", True),
        (b"It was a dark night O\nand the ferry sank.\nNobody was hurt.\n", False),
        (b"id,text\n1,O\n", False),
        (b"", False),
        (b"\xff\xfe\x00", False),
        ((FERRY * 60).encode()[:4096], True),
    ],
)
def test_it_is_known_by_its_lines(head, is_one):
    assert looks_like_conll(head) is is_one


@pytest.mark.parametrize("flavour", ["conll2002", "label-studio", "doccano"])
def test_our_own_export_comes_back_with_texts_and_all_marks(nasty, tmp_path, flavour):
    out = tmp_path / "conll"
    export_project(nasty.project, "conll", out, ExportOptions(choices={"flavour": flavour}))
    paths = expand_paths([out])
    assert {path.suffix for path in paths} == {".conll"}
    claims, mentions = {}, set()
    for path in paths:
        readings = list(read_conll(load_file(path), AS_IT_IS))
        assert [reading.article.text for reading in readings] == list(nasty.texts.values())
        for id_, reading in zip(nasty.texts, readings, strict=True):
            assert reading.warnings == ()
            claims |= {(id_, claim.key): claim for claim in reading.given.claims}
            mentions |= {(id_, each.span, each.label, each.is_suggestion) for each in reading.given.mentions}
        assert readings[0].article.meta.publisher == "The Harbour Post"
    documents = list(Dataset(nasty.reader, ExportOptions()).documents())
    assert mentions == {
        (document.article.id, each.span, each.label, each.status is Status.SUGGESTED)
        for document in documents
        for each in document.mentions
    }
    expected = {(document.article.id, each.claim.id): each.claim for document in documents for each in document.claims}
    assert set(claims) == set(expected)
    for key, claim in claims.items():
        wanted = expected[key]
        assert (claim.span, claim.judgement, claim.kind) == (wanted.span, wanted.judgement, wanted.kind)
        assert (claim.reviewer, claim.normalised) == (wanted.decided_by, wanted.normalised)


def test_tags_that_were_changed_count_more_than_what_lies_beside(nasty, tmp_path):
    out = tmp_path / "conll"
    export_project(nasty.project, "conll", out)
    path = out / "claims.conll"
    content = (
        path.read_text("utf-8").replace("They B-unverified", "They B-verified").replace("I-unverified", "I-verified")
    )
    path.write_text(content, "utf-8")
    reading = next(read_conll(load_file(path), AS_IT_IS))
    claims = {claim.span.of(reading.article.text): claim.judgement.verdict for claim in reading.given.claims}
    assert TWO_SENTENCES not in claims
    assert claims["They arrived at 04:50."] == Verdict.VERIFIED
    assert claims[OVER_A_LINE] == Verdict.DISPUTED


def test_files_beside_it_that_tell_of_other_words_are_not_believed(nasty, tmp_path):
    out = tmp_path / "conll"
    export_project(nasty.project, "conll", out)
    path = out / "entities.conll"
    path.write_text(path.read_text("utf-8").replace("ferry O", "boat O"), "utf-8")
    reading = next(read_conll(load_file(path), AS_IT_IS))
    assert "The boat Milva sank" in reading.article.text
    assert any("do not belong to it" in warning for warning in reading.warnings)
    for broken in ("", "null\n", "{}\n", '{"article": "x", "sentence": 1, "line": "a", "tokens": 5}\n', "{"):
        (out / "tokens.jsonl").write_text(broken)
        assert "The boat Milva sank" in next(read_conll(load_file(path), AS_IT_IS)).article.text
