"""Valid files of every kind that is imported, made by code from invented texts, for the fuzzer to spoil."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats_known import get_format
from nasty_case import NastyCase
from pages import ENGINEERS, MAYOR, OPENING, PAGE

_DC = "http://purl.org/dc/elements/1.1/"
_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "text", "table", "meta")
)
_ODT = f"""<office:document-content {_ODF}><office:body><office:text><text:h text:outline-level="1">Dam breaks</text:h>
<text:p>{OPENING}<text:s text:c="2"/><text:tab/></text:p><table:table><table:table-row><table:table-cell><text:p>Orlen</text:p>
</table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"""
_CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
_OPF = f"""<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="{_DC}"><metadata><dc:title>The Dam Report</dc:title></metadata>
<manifest><item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c1"/></spine></package>"""
_RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="{_DC}"><channel><title>The Valley Courier</title>
<item><title>Dam &amp;amp; bridge</title><link>https://courier.example/1</link><pubDate>Wed, 18 Mar 2026 07:45:00 +0100</pubDate>
<dc:creator><![CDATA[Ilka Brandt]]></dc:creator><description>&lt;p&gt;{OPENING}&lt;/p&gt;</description></item></channel></rss>"""
_ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Talbote</title><entry><title type="html">Damm</title>
<link href="https://talbote.example/a"/><published>2026-03-18T07:45:00+01:00</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{OPENING}</p></div></content></entry></feed>"""
_MARKDOWN = f"---\ntitle: Dam\nauthor: Ilka\n---\n# Dam\n\n- {MAYOR}\n\n> {OPENING}\n\n|a|b|\n|-|-|\n|1|2|\n\n[x](https://a.example)\n"
_EXPORTS = ("brat", "conll", "docbin", "doccano", "label-studio", "web-annotation", "averitec", "jsonl", "csv", "xlsx")
_PAPERS = ("dossier-html", "dossier-docx", "dossier-pdf")


def samples(folder: Path) -> tuple[dict[str, bytes], Path]:
    """Names and bytes of valid files, and a project with something of everything in it."""
    bench = NastyCase(folder / "case.factdesk")
    found = _by_hand()
    for name in (*_EXPORTS, *_PAPERS):
        out = folder / f"{name}{get_format(name).suffix}"
        export_project(bench.project, name, out, ExportOptions())
        for path in sorted(out.rglob("*")) if out.is_dir() else [out]:
            if path.is_file() and not path.name.endswith(".about.json"):
                found[path.name if path == out else f"{name}-{path.name}"] = path.read_bytes()
    bench.project.close()
    return found, bench.path


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _by_hand() -> dict[str, bytes]:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ilka Brandt <ilka@courier.example>", "Dämme über Orlen"
    mail["Date"] = "Wed, 18 Mar 2026 07:45:00 +0100"
    mail.set_content(f"{OPENING}\n\n{MAYOR}\n")
    mail.add_alternative(PAGE, subtype="html")
    saved = EmailMessage()
    saved["From"], saved["Snapshot-Content-Location"] = "<Saved by Blink>", "https://courier.example/orlen"
    saved.set_content(PAGE, subtype="html", cte="quoted-printable")
    saved.make_related()
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": _ODT.encode()}
    epub = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "book.opf": _OPF.encode(),
        "one.xhtml": PAGE.encode(),
    }
    text = f"{OPENING}\n\n{MAYOR}\n\n{ENGINEERS}\n".encode()
    return {
        "page.html": PAGE.encode(),
        "mail.eml": mail.as_bytes(),
        "box.mbox": b"From a@b Wed Mar 18 07:45:00 2026\n" + mail.as_bytes() + b"\n",
        "page.mhtml": saved.as_bytes(),
        "news.rss": _RSS.encode(),
        "news.atom": _ATOM.encode(),
        "note.md": _MARKDOWN.encode(),
        "plain.txt": text,
        "wide.txt": text.decode().encode("utf-16"),
        "paper.odt": packed(odt),
        "book.epub": packed(epub),
        "many.zip": packed(
            {"a.txt": text, "b/page.html": PAGE.encode(), "c.zip": packed({"n.md": _MARKDOWN.encode()})}
        ),
    }
