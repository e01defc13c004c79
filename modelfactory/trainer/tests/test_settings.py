"""Settings: usual defaults, all problems at once, one canonical form."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from datanets_trainer.errors import SettingsError
from datanets_trainer.settings import Settings

RECIPES = sorted((Path(__file__).parents[1] / "recipes").glob("*.json"))


def test_defaults_are_those_of_the_field():
    s = Settings()
    assert (s.learning_rate, s.epochs, s.batch_size, s.accumulation, s.cutoff) == (Decimal("0.00005"), 3, 2, 8, 2048)
    assert (s.scheduler, s.clip, s.rank, s.alpha, s.dropout) == ("cosine", 1, 8, 16, 0)


def test_all_problems_are_reported_together():
    with pytest.raises(SettingsError) as caught:
        Settings.from_json(
            {"epochs": 0, "rank": 0, "scheduler": "sine", "device": "cuda", "selfTest": 2, "attribution": False}
        )
    problems = {problem["setting"] for problem in caught.value.values["problems"]}
    assert problems == {"epochs", "rank", "scheduler", "profile", "self_test", "datainf"}
    assert "epochs is 0" in caught.value.message
    assert "1 to 1000" in caught.value.limit


def test_unknown_names_and_wrong_types_are_reported_together():
    with pytest.raises(SettingsError) as caught:
        Settings.from_json({"learning_rate": "1", "epochs": "3", "packing": 1, "learningRate": "NaN"})
    assert [problem["setting"] for problem in caught.value.values["problems"]] == [
        *("learning_rate", "epochs", "packing", "learningRate"),
    ]


def test_digest_does_not_depend_on_how_a_decimal_is_written():
    one = Settings.from_json({"learningRate": "0.00010", "targets": ["v_proj", "q_proj"]})
    other = Settings.from_json({"targets": ["q_proj", "v_proj"], "learningRate": Decimal("1E-4")})
    assert one.digest() == other.digest()
    assert one.to_json()["learningRate"] == "0.0001"


def test_canonical_form_reads_back():
    settings = Settings(dropout=Decimal("0.05"))
    assert Settings.from_json(json.loads(json.dumps(settings.to_json()))) == settings


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)
def test_every_recipe_is_valid(recipe):
    assert Settings.load(recipe) != Settings()
