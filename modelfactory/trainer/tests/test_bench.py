"""The benchmark's own arithmetic, and that it tells a good method from a bad one."""

import json

import pytest
import torch

from datanets_trainer.bench.facts import make_world, place_names, pretraining_text
from datanets_trainer.bench.quality import lds
from datanets_trainer.bench.statistics import area_under_curve, payout_distance, ranks, spearman
from datanets_trainer.bench.truth import SubsetTruth


def test_ranks_share_ties():
    assert ranks(torch.tensor([3.0, 1.0, 3.0, 2.0])).tolist() == [2.5, 0.0, 2.5, 1.0]
    assert spearman(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, 8.0, 27.0])) == pytest.approx(1)
    assert spearman(torch.ones(3), torch.tensor([1.0, 8.0, 27.0])) == 0


def test_area_and_payout_distance():
    assert area_under_curve(torch.tensor([0.1, 0.9, 0.5]), torch.tensor([False, True, False])) == 1
    assert payout_distance(torch.tensor([1.0, -5.0]), torch.tensor([1.0, 1.0])) == pytest.approx(0.5)


def test_lds_of_the_true_weights_is_one_and_of_their_negative_minus_one():
    generator = torch.Generator().manual_seed(0)
    weights = torch.randn(30, 4, generator=generator)
    members = torch.rand(50, 30, generator=generator) < 0.5
    truth = SubsetTruth(members, -(members.double() @ weights.double()).float())
    assert lds(weights, truth) == pytest.approx(1, abs=1e-3)
    assert lds(-weights, truth) == pytest.approx(-1, abs=1e-3)


def test_the_world_has_a_copier_a_spammer_and_an_off_topic_contributor():
    world = make_world(1)
    kinds = {kind: name for name, kind in world.kinds.items()}
    by_name = {source.contributor: source for source in world.sources}
    assert by_name[kinds["copier"]].text == world.sources[2].text
    spam = [right for row, (_, right) in world.facts.items() if row.startswith(by_name[kinds["spammer"]].contribution)]
    assert not any(spam)
    pretrained = set(place_names(__import__("random").Random(0), 300))
    assert not {fact.split("|")[0] for fact in world.asked} & pretrained
    assert not any(fact.split("|")[0] in pretraining_text(0, 20) for fact in world.asked)


@pytest.mark.slow
def test_the_quality_table_puts_our_method_before_rows_and_datainf(tmp_path):
    from datanets_trainer.bench.quality import measure_quality

    report = measure_quality(tmp_path / "lab", seed=1, subsets=24, permutations=3)
    methods = report["methods"]
    print(json.dumps(methods, indent=1))
    assert report["copierRowsInTraining"] == 0
    assert methods["inRun"]["spammerPaid"] == 0
    assert methods["inRun"]["payoutDistance"] < methods["rows"]["payoutDistance"]
    assert methods["inRun"]["payoutDistance"] < methods["datainf"]["payoutDistance"]
    assert methods["inRun"]["lds"] > methods["datainf"]["lds"]
