"""With what the machine read each article."""

from dataclasses import replace

from builders import BRIDGE, MODEL, Bench, analysis_of, new_article
from factdesk.ops.articles import add_article
from factdesk.ops.suggestions import store_analysis
from factdesk.store.readings import readings_of


def test_each_article_tells_its_last_reading(tmp_path):
    bench = Bench(tmp_path / "bridge.factdesk")
    bench.run(add_article, bench.case, new_article("Nobody has read this."))
    assert [(one.article_id, one.model) for one in readings_of(bench.reader, bench.case)] == [
        (article, MODEL) for article in (bench.bridge, bench.again, bench.report)
    ]
    newer = replace(MODEL, version="2.0", resources_version="ab12")
    bench.run(store_analysis, analysis_of(bench.bridge, BRIDGE, model=newer))
    assert readings_of(bench.reader, bench.case)[0].model == newer
    bench.close()
