"""Masks, truncation, duplicates and the held-out draw."""

from decimal import Decimal

import pytest

from datanets_trainer.data.dataset import build_dataset
from datanets_trainer.data.duplicates import find_duplicates
from datanets_trainer.data.preview import preview
from datanets_trainer.data.sources import read_sources
from datanets_trainer.errors import NoExamplesError
from datanets_trainer.models.base import load_tokenizer
from tests.conftest import fact_rows, small_settings, source, write_sources

LONG = "The keeper of the northern lighthouse wrote down every ship that passed the reef in the year of the flood. "
OTHER = "Beekeepers in the valley move their hives at night because the bees are calm then and the roads are empty. "


@pytest.fixture
def build(tmp_path, bases):
    def go(rows, **changes):
        sources = read_sources(write_sources(tmp_path / "d.jsonl", rows))
        tokenizer = load_tokenizer(bases("llama"))
        return build_dataset(sources, tokenizer, small_settings(**changes)), tokenizer

    return go


def trained_text(row, tokenizer):
    return tokenizer.decode([token for token, mark in zip(row.ids, row.trained, strict=True) if mark])


def test_only_the_answer_is_trained(build):
    dataset, tokenizer = build([source(1, 1, fact_rows(("bramble", "girn")))])
    assert all(trained_text(row, tokenizer).startswith("The ") for row in dataset.train)
    assert all(trained_text(row, tokenizer).rstrip().endswith("</s>") for row in dataset.train)


def test_train_on_prompt_trains_all(build):
    dataset, _ = build([source(1, 1, fact_rows(("bramble", "girn")))], trainOnPrompt=True)
    assert all(all(row.trained) for row in dataset.train)


def test_a_long_row_is_cut_and_reported(build):
    dataset, tokenizer = build([source(1, 1, fact_rows(("bramble", "girn")))], cutoff=24)
    report = preview(dataset, tokenizer, 1)
    assert report["truncated"]
    assert all(entry["kept"] == 24 and entry["cut"] > 0 for entry in report["truncated"])


def test_a_row_cut_before_its_answer_is_left_out_with_a_reason(build):
    with pytest.raises(NoExamplesError) as caught:
        build([source(1, 1, fact_rows(("bramble", "girn")))], cutoff=8, validationShare="0")
    assert "cutoff of 8" in caught.value.values["skipped"][0]["reason"]


def test_a_long_text_is_continued_and_nothing_is_lost(build):
    dataset, tokenizer = build([source(1, 1, LONG + OTHER, "txt")], cutoff=16, validationShare="0")
    assert (
        "".join(tokenizer.decode(row.ids, skip_special_tokens=True) for row in dataset.train) == (LONG + OTHER).strip()
    )
    assert len({row.id for row in dataset.train}) == len(dataset.train) > 3


def test_a_copy_is_removed_and_the_earliest_keeps_its_place(build):
    dataset, _ = build(
        [source(1, 1, LONG * 2 + OTHER, "txt"), source(2, 2, (LONG * 2 + OTHER).upper(), "txt")], cutoff=16
    )
    assert dataset.has_place() == [True, False]
    assert dataset.duplicates[0]["of"].startswith(dataset.sources[0].contribution)


def test_near_copies_cluster_and_short_facts_do_not():
    near = LONG * 3 + OTHER
    texts = [near, near.replace("flood", "storm", 1), OTHER * 3, "The color of x is red.", "The color of y is red."]
    assert find_duplicates(texts, Decimal("0.85")) == {1: 0}
    assert find_duplicates(texts, Decimal(1)) == {}


def test_every_contribution_keeps_a_row_in_training(build):
    rows = [source(n, n, fact_rows((place,))) for n, place in enumerate(("bramble", "girn", "ivel"))]
    dataset, _ = build(rows, validationShare="0.9")
    assert all(dataset.has_place())
    assert len(dataset.held_out) == 3


def test_a_draw_that_would_silence_a_contribution_is_refused(build):
    with pytest.raises(NoExamplesError, match="none of the 2 contributions can spare"):
        build([source(1, 1, LONG, "txt"), source(2, 2, OTHER, "txt")])


def test_the_preview_counts_shares_per_contributor(build):
    dataset, tokenizer = build(
        [source(1, 1, fact_rows(("bramble", "girn"))), source(2, 2, fact_rows(("ivel",)))], validationShare="0"
    )
    report = preview(dataset, tokenizer, 2)
    assert [(row["rows"], round(row["share"], 3)) for row in report["contributors"]] == [(4, 0.667), (2, 0.333)]
    assert [run["trained"] for run in report["shown"][0]["runs"]][:2] == [False, True]
