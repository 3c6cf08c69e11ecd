"""Out of one project, into a new one: what an exported file brings back."""

from factdesk.exchange.dataset import ExportOptions
from factdesk.exchange.exporters import export_project
from factdesk.exchange.files import expand_paths
from factdesk.exchange.importers import load_file, read_source
from factdesk.exchange.readings import BadPart
from factdesk.model.given import GivenArticle
from factdesk.model.ids import article_id
from factdesk.ops.articles import add_articles
from factdesk.ops.given import store_given
from factdesk.project import Project
from factdesk.store.cases import list_cases


def exported(bench, format_name, out, **options):
    """Export a whole project; gives what the exporter says of it."""
    return export_project(bench.project, format_name, out, ExportOptions(**options))


def read_all(*paths, options=None):
    """All readings of files and folders; no part may be bad."""
    found = []
    for path in expand_paths(paths):
        found += list(read_source(load_file(path), *([options] if options else [])))
    assert not [part for part in found if isinstance(part, BadPart)]
    return found


def brought_back(tmp_path, *paths):
    """A new project with what is in these files; the caller closes it."""
    project = Project.create(tmp_path / "back.factdesk", reviewer="Cleo", case_name="Back")
    with project.reader() as reader:
        case = list_cases(reader)[0].id
    for path in expand_paths(paths):
        readings = read_all(path)
        project.run(add_articles, case, [reading.article for reading in readings])
        items = [GivenArticle(article_id(each.article.text), each.given, path.name) for each in readings]
        project.run(store_given, case, items)
    return project
