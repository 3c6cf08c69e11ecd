"""Targets of guided fuzzing for files that are imported, and for what the child process says of them."""

import io
import zipfile
import zlib
from dataclasses import asdict
from functools import partial
from pathlib import Path

from factdesk.errors import FactdeskError
from factdesk.exchange import messages
from factdesk.exchange.archives import LARGEST_PART, parts_of
from factdesk.exchange.importers import read_source
from factdesk.exchange.readings import BadPart, KnownPart, Origin, Reading, ReadOptions, SourceFile
from factdesk.exchange.tables.mapping import TableHead
from factdesk.model.articles import ArticleMeta, ArticleSource, NewArticle
from factdesk.model.claims import Judgement, Reason, Relation, Verdict
from factdesk.model.evidence import EvidenceKind, Stance
from factdesk.model.given import Given, GivenClaim, GivenEvidence, GivenLink, GivenMention
from factdesk.model.spans import Span
from factdesk.text.normalise import is_normalised
from fuzz_targets import Target, refused_well

SMALL_PDF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 81>> stream
BT /F 12 Tf 20 200 Td (The dam at Orlen broke on Sunday.) Tj 0 -20 Td (Two saw.) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R/Size 6>>
%%EOF
"""


_PLAIN = {
    "html": "page.html", "eml": "mail.eml", "mbox": "box.mbox", "mhtml": "page.mhtml", "rss": "news.rss", "atom": "news.atom",
    "md": "note.md", "txt": "plain.txt", "csv": "csv.csv", "averitec": "averitec.json",
    "label-studio-tasks": "label-studio-tasks.json", "doccano-claims": "doccano-claims.jsonl", "conll": "conll-claims.conll",
}  # fmt: skip
_PACKED = {"docx": "dossier-docx.docx", "xlsx": "xlsx.xlsx", "odt": "paper.odt", "epub": "book.epub"}
_TOGETHER = {
    "brat": "001-the-harbour-post.ann",
    "conll-folder": "claims.conll",
    "web-annotation": "annotations.jsonld",
}


def target_of(name: str, folder: Path) -> Target:
    """One of the targets by its name; the folder holds the valid files."""
    if name == "messages":
        return _messages()
    if name == "pdf":
        return Target(partial(_file, ".pdf"), (SMALL_PDF,))
    files = {path.name: path.read_bytes() for path in folder.joinpath("files").iterdir()}
    if name == "zip":
        return Target(
            partial(_archive, folder / "any.zip"),
            (files["many.zip"], _packed({"a.txt": b"The dam broke.", "b/c.csv": b"text\nb\n"})),
        )
    if name == "docbin":
        return Target(_docbin, (zlib.decompress(files["docbin.spacy"]),))
    if name in _PACKED:
        family = _Packed(Path(_PACKED[name]).suffix, _members(files[_PACKED[name]]))
        return Target(family.run, family.seeds())
    if name in _TOGETHER:
        start = f"{name.removesuffix('-folder')}-"
        beside = _Beside(
            _TOGETHER[name], {each.removeprefix(start): data for each, data in files.items() if each.startswith(start)}
        )
        return Target(beside.run, beside.seeds())
    return Target(partial(_file, Path(_PLAIN[name]).suffix), (files[_PLAIN[name]],))


def _messages() -> Target:
    claims = tuple(
        GivenClaim(Span(at, at + 8), f"k{at}", judgement=Judgement(Verdict.DISPUTED, Reason.MISSING_CONTEXT, "no", 70))
        for at in (0, 9)
    )
    evidence = (GivenEvidence("k0", EvidenceKind.PASSAGE, Stance.REFUTES, "The dam", span=Span(0, 7)),)
    given = Given(
        claims, (GivenMention(Span(4, 7), "FAC", "the dam"),), (GivenLink("k0", "k9", Relation.CONFLICTS),), evidence
    )
    article = NewArticle(
        "The dam broke on Sunday. 😊", ArticleMeta("Dam", language="en"), ArticleSource(b"\xff", "a.html")
    )
    reading = Reading(
        article, warnings=("Cut.",), place="row 3", given=given, origin=Origin(Path("a.zip"), ("a.html",), "00", 7)
    )
    head = TableHead(("text",), (("The dam broke.",),), 1, {"text": ("The dam broke.",)}, alternatives=("cp1251",))
    said = (
        messages.reading_to(reading),
        messages.reading_to(Reading(article)),
        messages.bad_to(BadPart("row 17", "it is empty", "Fill it.", ("a.csv",))),
        messages.known_to(KnownPart("a.txt", "00")),
        {"is": "head"} | asdict(head),
        messages.refused_to("“a” is broken.", "Get it again."),
    )
    return Target(_message, tuple(map(messages.encode, said)))


def _message(data: bytes) -> None:
    """What the child says is understood, or is no message; what is understood is sound."""
    try:
        message = messages.decode(data)
        found = messages.head_from(message) if message.get("is") == "head" else messages.found_from(message)
    except messages.BadMessageError:
        return
    if isinstance(found, Reading):
        _sound(found)
        assert messages.reading_from(messages.decode(messages.encode(messages.reading_to(found)))) == found


def _file(suffix: str, data: bytes) -> None:
    """The file is read, or refused by its name; what is read is sound."""
    name = f"any{suffix}"
    file = SourceFile(name, data, "2026-03-18T09:30:00Z")
    for options in (ReadOptions(), ReadOptions("cp1251")) if suffix in {".html", ".txt", ".eml"} else (ReadOptions(),):
        _judged(file, options)


def _judged(file: SourceFile, options: ReadOptions) -> None:
    found: list[Reading | BadPart] = []
    try:
        found += read_source(file, options)
    except FactdeskError as error:
        refused_well(error, Path(file.name).stem)
    for each in found:
        if isinstance(each, BadPart):
            assert each.place
            assert each.reason
        else:
            _sound(each)
            messages.decode(messages.encode(messages.reading_to(each)))


def _sound(reading: Reading) -> None:
    """What was read is normal text, with marks inside of it."""
    text, given = reading.article.text, reading.given
    assert is_normalised(text)
    text.encode("utf-8")
    spans = [each.span for each in (*given.claims, *given.mentions, *(item for item in given.evidence if item.span))]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)


def _archive(path: Path, data: bytes) -> None:
    """The files of an archive are read one after the other, or told; the archive itself may be refused by its name."""
    path.write_bytes(data)
    try:
        for member, part in parts_of(path):
            if isinstance(part, SourceFile):
                assert len(part.data) <= LARGEST_PART
                part.beside("../a.txt")
                part.beside("a.txt")
            else:
                assert part.reason, member
    except FactdeskError as error:
        refused_well(error, "any.zip")


def _docbin(data: bytes) -> None:
    _file(".spacy", zlib.compress(data, 0))


class _Packed:
    """A document that is an archive: the first byte says which member the others stand for."""

    def __init__(self, suffix: str, parts: dict[str, bytes]) -> None:
        self.suffix, self._parts, self._names = suffix, parts, sorted(parts)

    def run(self, data: bytes) -> None:
        number = data[0] if data else 255
        if number == 255:  # the archive itself is spoiled
            _file(self.suffix, data[1:])
            return
        _file(self.suffix, _packed(self._parts | {self._names[number % len(self._names)]: data[1:]}))

    def seeds(self) -> tuple[bytes, ...]:
        own = [bytes([number]) + self._parts[name] for number, name in enumerate(self._names)]
        return (*own, b"\xff" + _packed({"mimetype": b"application/epub+zip", "a.txt": b"b"}))


class _Beside:
    """A file that belongs with others: the first byte says which of them the other bytes stand for."""

    def __init__(self, main: str, parts: dict[str, bytes]) -> None:
        self._main, self._parts, self._names = main, parts, sorted(parts)

    def run(self, data: bytes) -> None:
        name = self._names[(data[0] if data else 0) % len(self._names)]
        parts = self._parts | {name: data[1:]}
        file = SourceFile(self._main, parts[self._main], "2026-03-18T09:30:00Z", neighbours=parts.get)
        _judged(file, ReadOptions())

    def seeds(self) -> tuple[bytes, ...]:
        return tuple(bytes([number]) + self._parts[name] for number, name in enumerate(self._names))


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
