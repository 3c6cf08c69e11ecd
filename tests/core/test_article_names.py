"""What articles are called where nobody gave them a title."""

import pytest

from builders import Bench, new_article
from factdesk.model.articles import unnamed_label
from factdesk.ops.articles import add_article
from factdesk.store.articles import article_names, get_article

TEXT = "The council of Vrbov voted on Monday to rebuild the mill, which had burned down in the spring."


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("council-vote.txt", "council-vote.txt"),
        ("003_a109870249952b57.txt", "The council of Vrbov voted on Monday to rebuild…"),
        ("article_12.txt", "The council of Vrbov voted on Monday to rebuild…"),
        ("", "The council of Vrbov voted on Monday to rebuild…"),
        ("совет.txt", "совет.txt"),
    ],
)
def test_a_telling_file_name_or_the_first_words_stand_for_a_title(tmp_path, name, label):
    bench = Bench(tmp_path / "bridge.factdesk")
    made = bench.run(add_article, bench.case, new_article(f"\n{TEXT}", name=name)).created
    assert get_article(bench.reader, made).label == label
    assert article_names(bench.reader, bench.case)[made] == label
    bench.close()


def test_a_short_text_is_its_own_name():
    assert unnamed_label("1.txt", "Rain.") == "Rain."
    assert unnamed_label("1.txt", "") == "1.txt"
