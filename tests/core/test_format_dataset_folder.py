"""The only module that loads `datasets`, which takes seconds."""

import json
import shutil
import warnings

import pytest

from factdesk.exchange.dataset import Dataset, ExportOptions, Whose
from factdesk.exchange.exporters import export_project
from factdesk.exchange.formats.dataset_card import OWNERS, licence_id
from factdesk.exchange.formats.dataset_fields import CONFIGS
from factdesk.exchange.formats.dataset_folder import EXPORT, check_dataset_folder
from nasty_case import HALF_A, HALF_B, ROUTE, claim_facts, nasty_case


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    bench = nasty_case(tmp_path_factory.mktemp("nasty"))
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """The library without a network, and with its caches in a folder of the test."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in (
            "HF_HUB_OFFLINE",
            "HF_DATASETS_OFFLINE",
            "HF_HUB_DISABLE_TELEMETRY",
            "HF_DATASETS_DISABLE_PROGRESS_BARS",
        ):
            patch.setenv(name, "1")
        home = tmp_path_factory.mktemp("hub")
        patch.setenv("HF_HOME", str(home))
        import datasets

        patch.setattr(datasets.config, "HF_DATASETS_CACHE", home / "datasets")
        patch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
        datasets.disable_progress_bars()
        yield datasets


@pytest.fixture(scope="module", params=["by origin", "by cluster", "none"])
def made(request, nasty, tmp_path_factory):
    out = tmp_path_factory.mktemp("made") / "ferry"
    options = ExportOptions(whose=Whose.ALL, licence="CC-BY-4.0", choices={"split": request.param})
    return out, export_project(nasty.project, "dataset", out, options), request.param


def load(hub, folder, config, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return hub.load_dataset(str(folder), config, cache_dir=str(tmp_path / "cache"))


def exported(bench, tmp_path, **options):
    out = tmp_path / "out"
    return out, export_project(bench.project, "dataset", out, ExportOptions(**options))


def rows_of(folder, config):
    import pandas as pd

    frames = [pd.read_parquet(path) for path in sorted((folder / config).glob("*.parquet"))]
    return [row for frame in frames for row in frame.to_dict("records")]


def test_the_library_loads_every_configuration(nasty, made, hub, tmp_path):
    out, result, split = made
    claims = load(hub, out, "claims", tmp_path)
    assert len(claims) == {"by origin": 3, "by cluster": 2, "none": 1}[split]
    assert sum(map(len, claims.values())) == result.written.count
    articles = {row["id"]: row for split in load(hub, out, "articles", tmp_path).values() for row in split}
    assert {id_: row["text"] for id_, row in articles.items()} == nasty.texts
    facts = set()
    for part in claims.values():
        for row in part:
            text = articles[row["article_id"]]["text"]
            assert text[row["start"] : row["end"]] == row["quote"]
            for piece in row["evidence"]:
                if piece["kind"] == "passage":
                    assert articles[piece["article_id"]]["text"][piece["start"] : piece["end"]] == piece["quote"]
            if row["status"] != "refused":
                place = (row["article_id"], "claim", row["start"], row["end"], row["quote"])
                facts.add((*place, row["status"], row["verdict"], row["reason"], row["note"] or "", row["confidence"]))
    assert facts == claim_facts(nasty.project)
    for row in articles.values():
        assert all(row["text"][m["start"] : m["end"]] == m["quote"] for m in row["mentions"])
    if split != "by origin":  # where each of the five articles may be apart from those it is linked with
        pairs = load(hub, out, "pairs", tmp_path)
        rows = [row for part in pairs.values() for row in part]
        found = {frozenset({row["quote_a"], row["quote_b"]}): row["relation"] for row in rows}
        assert found[frozenset({HALF_B, "260 passengers were aboard."})] == "differs"
        assert set(found.values()) == {"same", "differs", "conflicts"}


def test_the_card_says_what_the_files_hold(made, hub, tmp_path):
    import yaml

    out, *_ = made
    front = yaml.safe_load((out / "README.md").read_text("utf-8").split("---\n")[1])
    assert front["license"] == "cc-by-4.0"
    assert front["language"] == ["en", "ja"]
    configs = [config["config_name"] for config in front["configs"]]
    assert configs == [info["config_name"] for info in front["dataset_info"]]
    for info in front["dataset_info"]:
        features = hub.Features._from_yaml_list(info["features"])
        loaded = load(hub, out, info["config_name"], tmp_path)
        assert features == next(iter(loaded.values())).features
        assert {split["name"]: split["num_examples"] for split in info["splits"]} == {
            name: len(split) for name, split in loaded.items()
        }
    text = (out / "README.md").read_text("utf-8")
    assert all(f"`{field.name}`" in text for name in configs for field in CONFIGS[name])
    assert OWNERS in (out / "LICENSE").read_text("utf-8")
    assert json.loads((out / "about.json").read_text("utf-8"))["licence"] == "CC-BY-4.0"


def test_a_licence_that_the_hub_does_not_know_is_other(nasty, tmp_path):
    out, _ = exported(nasty, tmp_path, licence="As the club decides")
    front = (out / "README.md").read_text("utf-8")
    assert 'license: other\nlicense_name: "as-the-club-decides"\nlicense_link: LICENSE\n' in front
    assert [licence_id(name) for name in ("", "ODbL-1.0", "GPL-3.0-or-later", "Mine")] == [
        "other",
        "odbl",
        "gpl-3.0",
        "other",
    ]


def test_copies_of_a_text_are_in_one_split(nasty, tmp_path):
    out, _ = exported(nasty, tmp_path)
    where = {}
    for path in sorted((out / "articles").glob("*.parquet")):
        import pandas as pd

        where |= dict.fromkeys(pd.read_parquet(path)["id"], path.name)
    assert where[nasty.ferry] == where[nasty.copy]
    assert len(set(where.values())) == 3


def test_all_opinions_and_the_fact_of_a_cluster_are_there(nasty, made):
    out, *_ = made
    claims = {row["quote"]: row for row in rows_of(out, "claims") if row["article_id"] == nasty.ferry}
    said = [(one["reviewer"], one["verdict"]) for one in claims[ROUTE]["opinions"]]
    assert said == [("Ben | O’Neil", "verified"), ("Ada", "disputed")]
    first = claims["The ferry Milva sank off Port Ostrel on 3 May 2031."]
    assert first["clusters"][0]["fact"] == "The ferry Milva sank on 3 May 2031 <off> Port Ostrel."
    articles = {row["id"]: row for row in rows_of(out, "articles")}
    assert list(articles[nasty.market]["not_mentioned"]) == [first["clusters"][0]["id"]]


def test_pairs_are_links_and_clusters_within_one_split(nasty, tmp_path):
    out, made = exported(nasty, tmp_path, choices={"split": "none"})
    pairs = rows_of(out, "pairs")
    assert {(row["relation"], row["source"]) for row in pairs} >= {("conflicts", "link"), ("same", "link")}
    assert len({frozenset({row["claim_a"], row["claim_b"]}) for row in pairs}) == len(pairs)
    assert made.written.notes == ()
    assert [path.name for path in (out / "claims").iterdir()] == ["train-00000-of-00001.parquet"]


@pytest.mark.parametrize(("split", "parts"), [("by cluster", 2), ("by case", 1)])
def test_facts_and_cases_can_stay_together(nasty, tmp_path, split, parts):
    out, made = exported(nasty, tmp_path, choices={"split": split})
    assert len(list((out / "articles").iterdir())) == parts
    assert any("split of claims" in note for note in made.written.notes)


def test_without_texts_there_are_places_and_hashes(nasty, hub, tmp_path):
    out, _ = exported(nasty, tmp_path, with_text=False, anonymous=True, choices={"split": "none"})
    everything = json.dumps(
        [load(hub, out, config, tmp_path)["train"].to_list() for config in CONFIGS], ensure_ascii=False
    )
    for words in ("260 passengers were aboard", "乗客は240人", "Ada", "O’Neil"):
        assert words not in everything
    assert "reviewer 2" in everything
    claims = rows_of(out, "claims")
    assert all(row["quote"] is None and len(row["text_sha256"]) == 64 for row in claims)


def test_decisions_of_one_case_and_a_selection(nasty, tmp_path):
    out, made = exported(nasty, tmp_path, decisions_only=True)
    kept = {row["quote"]: row for row in rows_of(out, "claims")}
    assert all(len(row["clusters"]) or len(row["evidence"]) for row in kept.values() if row["status"] == "suggested")
    assert "It has 40 stalls, one of them run by Milva Brill." not in kept
    assert {row["status"] for row in kept.values()} >= {"accepted", "refused"}
    shutil.rmtree(out)
    chosen = nasty.claim(nasty.ferry, HALF_A)
    out, made = exported(nasty, tmp_path, claim_ids=frozenset({chosen}))
    assert [row["id"] for row in rows_of(out, "claims")] == [chosen]
    assert "There is no configuration “pairs”: it would be empty." in made.written.notes


def test_an_empty_project_gives_a_folder_that_says_so(nasty, tmp_path):
    from factdesk.project import Project

    with Project.create(tmp_path / "empty.factdesk", reviewer="Ada") as project:
        made = export_project(project, "dataset", tmp_path / "out")
    assert made.written.count == 0
    assert len(made.written.notes) == 3
    assert (tmp_path / "out" / "README.md").exists()


def test_a_changed_folder_does_not_pass_the_check(nasty, tmp_path):
    from pyarrow import parquet

    out, _ = exported(nasty, tmp_path, choices={"split": "none"})
    path = out / "claims" / "train-00000-of-00001.parquet"
    table = parquet.read_table(path)
    rows = table.to_pylist()
    rows[0]["start"] += 1
    parquet.write_table(type(table).from_pylist(rows[:-1], schema=table.schema), path)
    options = ExportOptions(choices={"split": "none"})
    with nasty.project.reader() as reader:
        problems = check_dataset_folder(Dataset(reader, options, EXPORT), out).problems
        assert sum("is not what the project has" in problem for problem in problems) == 2
        parquet.write_table(table.drop_columns(["score"]), path)
        assert "claims has another schema" in check_dataset_folder(Dataset(reader, options, EXPORT), out).problems
        parquet.write_table(type(table).from_pylist([*table.to_pylist(), rows[0]], schema=table.schema), path)
        assert check_dataset_folder(Dataset(reader, options, EXPORT), out).problems == ("claims has rows too many",)
