"""A whole run: reproducible bytes, scores that favour help over harm, self-test, refinement, export."""

import json

import pytest
import torch
from safetensors.torch import load_file, save_file

from datanets_trainer.canonical import file_sha256
from datanets_trainer.errors import (
    AdapterMismatchError,
    ExportMismatchError,
    MemoryLimitError,
    MergeRefusedError,
    NonFiniteLossError,
    SettingsError,
    TamperedFileError,
)
from datanets_trainer.models import export as exporting
from datanets_trainer.models.adapter import CONFIG, WEIGHTS, check_adapter
from datanets_trainer.models.export import export_merged
from datanets_trainer.models.make_base import make_base
from tests.conftest import command, contributor, small_settings


def read(out, name):
    return json.loads((out / name).read_text())


def test_two_processes_give_the_same_bytes(train, tmp_path, bases, data):
    here = train("here", dropout="0.1")
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps(small_settings(dropout="0.1", logEvery=7).to_json()))
    out = tmp_path / "there"
    process = command("train", "--base", bases("llama"), "--data", data, "--settings", settings, "--out", out)
    _, problems = process.communicate(timeout=300)
    assert process.returncode == 0, problems
    for name in (f"adapter/{WEIGHTS}", f"adapter/{CONFIG}", "scores.json", "metrics.json"):
        assert file_sha256(out / name) == file_sha256(here / name), name


def test_the_files_hold_no_float_path_or_clock(train, tmp_path):
    out = train(selfTest=1)
    for name in ("settings.json", "dataset.json", "scores.json", "metrics.json", "self-test.json", "manifest.json"):
        text = (out / name).read_text()
        json.loads(text, parse_float=lambda value, name=name: pytest.fail(f"{name} holds the float {value}"))
        assert str(tmp_path) not in text
    manifest = read(out, "manifest.json")
    assert manifest["files"] == {name: file_sha256(out / name) for name in manifest["files"]}
    assert str(tmp_path) not in (out / "adapter" / CONFIG).read_text()


def test_a_copier_gets_nothing_and_shares_are_whole(train):
    scores = read(train(), "scores.json")
    shares = {row["contributor"]: row["share"] for row in scores["contributors"]}
    assert sum(shares.values()) == scores["shareTotal"] == 10**9
    assert shares[contributor(109)] == 0
    assert len(scores["duplicates"]) == 6


def test_the_self_test_sets_prediction_beside_measurement(train):
    drawn = read(train(selfTest=2), "self-test.json")["drawn"]
    assert len({entry["contributor"] for entry in drawn}) == 2
    assert all(float(entry["measured"]) != 0 for entry in drawn)


def test_a_refinement_starts_from_its_parents_adapter(train):
    parent = train("parent")
    child = train("child", parent=parent / "adapter", learningRate="0.00001", epochs=1)
    first, last = read(child, "metrics.json"), read(parent, "metrics.json")
    assert float(first["heldOutLoss"]["tuned"]) == pytest.approx(float(last["heldOutLoss"]["tuned"]), abs=0.01)
    assert read(child, "manifest.json")["inputs"]["parent"] == file_sha256(parent / "adapter" / WEIGHTS)
    with pytest.raises(AdapterMismatchError, match="the settings ask for"):
        train("other", parent=parent / "adapter", rank=2)


def test_a_changed_adapter_is_refused(train):
    adapter = train() / "adapter"
    digests = {name: file_sha256(adapter / name) for name in (CONFIG, WEIGHTS)}
    check_adapter(adapter, digests)
    tensors = load_file(adapter / WEIGHTS)
    save_file({name: tensor + 1e-6 for name, tensor in tensors.items()}, adapter / WEIGHTS)
    with pytest.raises(TamperedFileError, match=WEIGHTS):
        check_adapter(adapter, digests)


@pytest.mark.parametrize("method", ["lora", "qlora"])
def test_an_export_answers_as_the_adapter_does(train, bases, tmp_path, method):
    report = export_merged(bases("llama"), train(method=method) / "adapter", tmp_path / "merged")
    assert report["largestLogitDifference"] < 1e-4


def test_an_export_that_answers_differently_is_refused(train, bases, tmp_path, monkeypatch):
    monkeypatch.setitem(exporting.TOLERANCE, "float32", -1.0)
    with pytest.raises(ExportMismatchError):
        export_merged(bases("llama"), train() / "adapter", tmp_path / "merged")
    assert not (tmp_path / "merged" / exporting.REPORT).exists()


def test_a_four_bit_base_is_never_merged_into(train, tmp_path):
    adapter = train() / "adapter"
    make_base(tmp_path / "base", "llama")
    config = read(tmp_path / "base", "config.json")
    (tmp_path / "base" / "config.json").write_text(
        json.dumps({**config, "quantization_config": {"load_in_4bit": True}})
    )
    with pytest.raises(MergeRefusedError, match="quantised base"):
        export_merged(tmp_path / "base", adapter, tmp_path / "merged")


def test_a_run_over_the_memory_limit_is_refused(train):
    with pytest.raises(MemoryLimitError) as caught:
        train(memoryLimitBytes=1_000_000)
    assert caught.value.values["needed"] > caught.value.values["allowed"] == 1_000_000


def test_packing_on_bloom_is_refused(train):
    with pytest.raises(SettingsError, match="BLOOM"):
        train(family="bloom", packing=True)


def test_a_loss_that_is_no_number_stops_the_run(train, bases, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "datanets_trainer.training.loop.summed_loss", lambda *_: torch.tensor(float("nan"), requires_grad=True)
    )
    with pytest.raises(NonFiniteLossError, match="step 1"):
        train(attribution=False)


def test_gradient_checkpointing_changes_no_score(train):
    plain = read(train("plain"), "scores.json")
    frugal = read(train("frugal", gradientCheckpointing=True), "scores.json")
    for one, other in zip(plain["contributions"], frugal["contributions"], strict=True):
        assert float(one["score"]) == pytest.approx(float(other["score"]), rel=1e-4, abs=1e-6)
