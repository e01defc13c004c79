"""The seven families, by LoRA and by QLoRA: the loss falls, and stock peft loads the adapter in another process."""

import hashlib
import json
import subprocess
import sys

import pytest
import torch
from peft import PeftModel

from datanets_trainer.errors import RemoteCodeError, TargetsError, UnsafeWeightsError, UnsupportedFamilyError
from datanets_trainer.models.base import check_base, linear_names, load_model
from datanets_trainer.models.families import FAMILIES, family_of, resolve_targets
from datanets_trainer.models.make_base import make_base
from datanets_trainer.models.tiny import SEVEN_FAMILIES, TINY_NAMES
from tests.conftest import events_of

STOCK_PEFT = """
import hashlib, json, sys, torch, transformers
from peft import PeftModel
torch.set_num_threads(1)
for base, adapter in json.loads(sys.argv[1]):
    model = transformers.AutoModelForCausalLM.from_pretrained(base, attn_implementation="eager")
    model = PeftModel.from_pretrained(model, adapter).eval()
    with torch.no_grad():
        logits = model(input_ids=torch.arange(48).view(2, 24)).logits
    print(hashlib.sha256(logits.numpy().tobytes()).hexdigest())
"""


def logits_digest(base, adapter):
    model = PeftModel.from_pretrained(load_model(base, precision="float32", device="cpu"), adapter).eval()
    with torch.no_grad():
        logits = model(input_ids=torch.arange(48).view(2, 24)).logits
    return hashlib.sha256(logits.numpy().tobytes()).hexdigest()


def test_seven_families_learn_by_both_methods_and_stock_peft_reloads_them(train, bases):
    pairs, here = [], []
    for family in SEVEN_FAMILIES:
        for method in ("lora", "qlora"):
            out = train(f"{family}-{method}", family, method=method, epochs=3)
            steps = events_of(out, "step")
            assert steps[-1]["loss"] < 0.97 * steps[0]["loss"], (family, method)
            metrics = json.loads((out / "metrics.json").read_text())
            assert float(metrics["heldOutLoss"]["tuned"]) < float(metrics["heldOutLoss"]["base"]), (family, method)
            assert ("tunedOnFullPrecision" in metrics["heldOutLoss"]) == (method == "qlora")
            scores = json.loads((out / "scores.json").read_text())
            assert sum(row["share"] for row in scores["contributions"]) == 10**9
            pairs.append((str(bases(family)), str(out / "adapter")))
            here.append(logits_digest(bases(family), out / "adapter"))
    stock = subprocess.run(
        [sys.executable, "-c", STOCK_PEFT, json.dumps(pairs)], capture_output=True, text=True, check=True, timeout=300
    )
    assert stock.stdout.split() == here


@pytest.mark.parametrize("name", TINY_NAMES)
def test_every_target_of_the_table_exists_and_no_router_is_one(name, bases):
    base = bases(name)
    family, _ = check_base(base)
    targets = resolve_targets(family, linear_names(load_model(base, precision="float32", device="cpu")), ())
    assert len(targets) >= 3
    assert not set(targets) & set(family.refused)


def test_legacy_chatglm_is_refused_with_the_way_out():
    with pytest.raises(UnsupportedFamilyError, match="own repository") as caught:
        family_of("chatglm")
    assert "glm4" in caught.value.remedy


def test_routers_and_unknown_layers_are_no_targets():
    linears = {"q_a_proj", "o_proj", "gate"}
    with pytest.raises(TargetsError, match="must not be adapted"):
        resolve_targets(FAMILIES["deepseek_v3"], linears, ("gate", "o_proj"))
    with pytest.raises(TargetsError, match="name no linear layer"):
        resolve_targets(FAMILIES["deepseek_v3"], linears, ("nope",))


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json"])
def test_remote_code_is_refused(tmp_path, file):
    make_base(tmp_path, "gpt2")
    config = json.loads((tmp_path / file).read_text())
    (tmp_path / file).write_text(json.dumps({**config, "auto_map": {"AutoModel": "x.Y"}}))
    with pytest.raises(RemoteCodeError):
        check_base(tmp_path)


def test_pickled_weights_are_refused(tmp_path):
    make_base(tmp_path, "gpt2")
    (tmp_path / "model.safetensors").rename(tmp_path / "pytorch_model.bin")
    with pytest.raises(UnsafeWeightsError, match=r"only pytorch_model\.bin"):
        check_base(tmp_path)
