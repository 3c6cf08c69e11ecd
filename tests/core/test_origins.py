"""Origins: articles that share their text count as one source."""

import pytest

from factdesk.errors import FactdeskError
from factdesk.model.analysis import FoundOrigin
from factdesk.ops.articles import remove_article
from factdesk.ops.history import redo, undo
from factdesk.ops.origins import join_origin, leave_origin, store_origins
from factdesk.store.check import check_project
from factdesk.store.clusters import origins_of


@pytest.fixture
def found(bench):
    """Two of the three articles share their text, as the machine found."""
    bench.found = [FoundOrigin((bench.again, bench.bridge, "gone"), (0.8, 0.7, 0.6))]
    bench.run(store_origins, bench.case, bench.found)
    return bench


def groups(bench):
    return [(origin.article_ids, origin.made_by) for origin in origins_of(bench.reader, bench.case)]


def test_the_machine_groups_articles_with_their_shares(found):
    (origin,) = origins_of(found.reader, found.case)
    assert (origin.article_ids, origin.shares, origin.made_by) == ((found.bridge, found.again), (0.7, 0.8), "machine")
    assert found.run(store_origins, found.case, found.found).articles == frozenset()
    changes = found.run(store_origins, found.case, [])
    assert origins_of(found.reader, found.case) == []
    assert changes.articles == {found.bridge, found.again}


def test_a_person_takes_an_article_out_for_good(found):
    found.run(leave_origin, found.case, found.bridge)
    assert groups(found) == []
    found.run(store_origins, found.case, found.found)
    assert groups(found) == []
    found.run(undo)
    found.run(store_origins, found.case, found.found)
    assert groups(found) == [((found.bridge, found.again), "machine")]
    found.run(redo)
    assert groups(found) == []


def test_a_person_groups_articles_and_new_reprints_join_them(found):
    found.run(store_origins, found.case, [])
    found.run(join_origin, found.case, [found.bridge, found.report])
    assert groups(found) == [((found.bridge, found.report), "Ada")]
    found.run(store_origins, found.case, found.found)
    assert groups(found) == [((found.bridge, found.again, found.report), "Ada")]
    found.run(store_origins, found.case, [])
    found.run(join_origin, found.case, [found.bridge, found.again])
    assert len(groups(found)[0][0]) == 3
    found.run(undo)
    found.run(undo)
    assert groups(found) == []
    assert check_project(found.reader) == []


def test_groups_that_a_person_joins_become_one(found):
    found.run(join_origin, found.case, [found.again, found.report])
    assert groups(found) == [((found.bridge, found.again, found.report), "Ada")]
    found.run(store_origins, found.case, [])
    assert len(groups(found)[0][0]) == 3


def test_wrong_articles_are_refused(found):
    with pytest.raises(FactdeskError, match="One article alone"):
        found.run(join_origin, found.case, [found.bridge, found.bridge])
    found.run(remove_article, found.case, found.bridge)
    with pytest.raises(FactdeskError, match="not in this case"):
        found.run(leave_origin, found.case, found.bridge)
    assert groups(found) == []
