"""Our 4-bit weights: close, small, differentiable, never merged into."""

import pytest
import torch
from transformers.pytorch_utils import Conv1D

from datanets_trainer.errors import MergeRefusedError
from datanets_trainer.models.nf4 import LEVELS, NF4Linear, quantize_model


def test_levels_and_blocks_come_back_exactly():
    layer = torch.nn.Linear(64, 1, bias=False)
    layer.weight.data = LEVELS.repeat(4).view(1, 64)
    assert torch.allclose(NF4Linear(layer).weight, layer.weight, atol=1e-6)


def test_random_weights_are_close_and_take_four_bits():
    torch.manual_seed(0)
    layer = torch.nn.Linear(512, 512)
    packed = NF4Linear(layer)
    error = (packed.weight - layer.weight).norm() / layer.weight.norm()
    bits = 8 * sum(buffer.numel() * buffer.element_size() for buffer in packed.buffers()) / layer.weight.numel()
    assert error < 0.1
    assert 4 < bits < 4.2


@pytest.mark.parametrize("transposed", [False, True])
def test_forward_and_gradient_are_those_of_the_dequantised_weight(transposed):
    torch.manual_seed(0)
    packed = NF4Linear(Conv1D(24, 40) if transposed else torch.nn.Linear(40, 24))
    x = torch.randn(3, 5, 40, requires_grad=True)
    y = packed(x)
    expected = torch.nn.functional.linear(x, packed.weight, packed.bias)
    assert torch.equal(y, expected)
    upstream = torch.randn_like(y)
    ours = torch.autograd.grad(y, x, upstream)[0]
    assert torch.allclose(ours, torch.autograd.grad(expected, x, upstream)[0], atol=1e-6)


def test_the_token_head_and_the_router_stay_in_full_precision():
    model = torch.nn.ModuleDict({name: torch.nn.Linear(64, 64) for name in ("lm_head", "gate", "q_proj")})
    assert quantize_model(model)["layers"] == 1
    assert isinstance(model["q_proj"], NF4Linear)


def test_writing_into_a_four_bit_weight_is_refused():
    with pytest.raises(MergeRefusedError):
        NF4Linear(torch.nn.Linear(64, 64)).weight = torch.zeros(64, 64)


@pytest.mark.slow
def test_bitsandbytes_gives_the_same_loss(train):
    pytest.importorskip("bitsandbytes")
    import json

    losses = {}
    for quantizer in ("own", "bitsandbytes"):
        changes = {"method": "qlora", "quantizer": quantizer, "profile": "free", "epochs": 2}
        metrics = json.loads((train(quantizer, **changes) / "metrics.json").read_text())
        losses[quantizer] = [float(loss) for loss in metrics["trainingLoss"]]
    assert losses["own"] == pytest.approx(losses["bitsandbytes"], rel=5e-3)
