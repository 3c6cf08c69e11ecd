"""Files of several kinds come in and datasets and a dossier go out, by a robot in a real window."""

import zipfile
from email.message import EmailMessage

import pytest
from lxml import html

from factdesk.project import Project
from factdesk.store.articles import article_text, list_articles
from factdesk.store.cases import list_cases
from factdesk.store.claims import get_claim
from pages import PAGE, TITLE
from robot import Robot

pytestmark = [pytest.mark.screen, pytest.mark.model]

SOON = 60  # seconds, for what is done in processes of its own
EVENING = (
    "The dam at Orlen broke on Sunday evening after a week of rain, the ministry of the interior said.",
    "About 240 people from 90 houses were brought to a school. Two bridges over the Tarn were closed on Monday.",
    "Repairs will cost 12 million euros, according to Karel Dvorak of the regional water board.",
)
NEWSLETTER = (
    "Good morning. The wall of the Orlen dam gave way on Sunday at 9.40 pm, and 310 people had to leave their homes.",
    "The Orlen water board said on Monday that the dam was last raised in 1998.",
)
REPORT = (
    "The dam in the village of Orlen was built in 1963 by the state company Hydrostav.",
    "Inspectors found cracks in its wall in October 2025 and sent a report to the town hall.",
)
NOTES = "Mayor Petra Lind resigned on Tuesday. She had led the town of Orlen since 2014."


@pytest.fixture
def folder(tmp_path):
    """A folder as somebody collects it: a page, a PDF file, a document, a mail, and an archive."""
    import docx  # here and below: slow to load for runs without this test
    import weasyprint

    made = tmp_path / "collected"
    made.mkdir()
    (made / "courier.html").write_text(PAGE, encoding="utf-8")
    paragraphs = "".join(f"<p>{text}</p>" for text in EVENING)
    weasyprint.HTML(string=f"<html lang=en><h1>Orlen dam fails</h1>{paragraphs}</html>").write_pdf(made / "evening.pdf")
    document = docx.Document()
    document.add_heading("A dam and its cracks", 0)
    for text in REPORT:
        document.add_paragraph(text)
    document.save(made / "report.docx")
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "The flood in the morning", "Morning Letter <post@letter.example>"
    mail["Date"] = "Mon, 16 Mar 2026 06:30:00 +0100"
    mail.set_content("\n\n".join(NEWSLETTER))
    (made / "letter.eml").write_bytes(bytes(mail))
    with zipfile.ZipFile(made / "more.zip", "w") as archive:
        archive.writestr("notes.txt", NOTES)
    return made


@pytest.fixture
def empty_project(tmp_path):
    path = tmp_path / "flood.factdesk"
    Project.create(path, reviewer="Robot", case_name="The flood").close()
    return path


def say(robot, text):
    robot.screen.do("type", "--delay", "8", "--", text)


def until_dialog(robot, is_true, what):
    return robot.wait(is_true, what, SOON, "dialog")


def import_folder(robot, folder):
    """Through the palette, the chooser and the dialog; gives what the dialog lists."""
    robot.screen.do("key", "ctrl+k")
    until_dialog(robot, lambda seen: seen["kind"] == "Palette", "the palette")
    say(robot, "import a folder")
    robot.screen.do("key", "Return")
    until_dialog(robot, lambda seen: seen["kind"] == "chooser", "the chooser")
    say(robot, str(folder))
    until_dialog(robot, lambda seen: seen.get("typed") == str(folder), "the folder's name")
    robot.screen.do("key", "Return")
    seen = until_dialog(robot, lambda seen: seen["kind"] == "import" and seen["can"], "the files to be read")
    robot.click(robot.ask("accept"))
    return seen["rows"]


def export(robot, key, search, name):
    """Goes to a format by typing and exports in it."""
    robot.screen.do("key", key)
    until_dialog(robot, lambda seen: seen["kind"] == "export", "the dialog")
    for _ in range(5):  # the window manager may still be moving the dialog
        robot.click(robot.ask("search"))
        if robot.ask("dialog")["has_focus"]:
            break
    say(robot, search)
    until_dialog(robot, lambda seen: (seen["typed"], seen["format"], seen["can"]) == (search, name, True), name)
    before = robot.state["notices"]
    robot.click(robot.ask("accept"))
    robot.wait(
        lambda state: not state["busy"] and state["notices"] != before and "Exported" in state["notices"][-1],
        name,
        SOON,
    )


def test_a_folder_of_files_becomes_datasets_and_a_dossier(screen, empty_project, folder):
    robot = Robot(screen, empty_project)
    robot.wait(lambda state: state.get("ready"), "the window")
    rows = import_folder(robot, folder)
    assert TITLE in {title for _, title in rows}
    assert len(rows) == 5
    robot.wait(lambda state: state.get("ready") and state["queue"] >= 6, "pre-annotation")

    claim = robot.key("j")["claim"]
    robot.key("v")
    export(robot, "ctrl+shift+e", "spacy", "docbin")
    export(robot, "ctrl+shift+e", "parquet", "dataset")
    export(robot, "ctrl+shift+d", "html", "dossier-html")
    robot.quit()

    with Project.open(empty_project, read_only=True) as project, project.reader() as reader:
        case = list_cases(reader)[0].id
        texts = {article_text(reader, article.id) for article in list_articles(reader, case)}
        decided = get_claim(reader, claim)
    assert len(texts) == 5
    for told in (EVENING[0], NEWSLETTER[1], REPORT[1], NOTES):
        assert any(told in text for text in texts)
    assert decided.verdict == "verified"
    check_docbin(empty_project, texts, decided)
    check_dataset(empty_project, decided)
    check_dossier(empty_project, decided)


def check_docbin(project, texts, decided):
    import spacy
    from spacy.tokens import DocBin

    docs = list(DocBin().from_disk(project.with_name("flood-docbin.spacy")).get_docs(spacy.blank("en").vocab))
    assert {doc.text for doc in docs} == texts
    (span,) = [span for doc in docs for span in doc.spans["claims"] if span.id_ == decided.id]
    assert (span.text, span.label_) == (decided.quote, "verified")


def check_dataset(project, decided):
    import pyarrow.parquet

    parts = sorted(project.with_name("flood-dataset").glob("claims/*.parquet"))
    rows = [row for part in parts for row in pyarrow.parquet.read_table(part).to_pylist()]
    (row,) = [row for row in rows if row["quote"] == decided.quote]
    assert row["verdict"] == "verified"


def check_dossier(project, decided):
    page = html.document_fromstring(project.with_name("flood-dossier.html").read_bytes())
    assert decided.quote in {"".join(quote.itertext()) for quote in page.iterfind(".//blockquote")}
