"""The hooks compute what per-row gradients would, and leave the training alone."""

import pytest
import torch

from datanets_trainer.attribution.datainf import datainf
from datanets_trainer.attribution.gradients import row_gradients
from datanets_trainer.attribution.inrun import FLOOR
from datanets_trainer.data.batches import collate
from datanets_trainer.data.dataset import build_dataset
from datanets_trainer.data.sources import read_sources
from datanets_trainer.models.adapter import load_for_training, trainable
from datanets_trainer.models.base import load_tokenizer
from datanets_trainer.training.evaluation import held_out_gradient
from datanets_trainer.training.loop import Loop
from datanets_trainer.training.loss import row_losses, summed_loss
from datanets_trainer.training.schedule import learning_rate
from tests.conftest import small_settings


@pytest.fixture
def make_loop(bases, data):
    def go(family="llama", *, score=True, **changes):
        settings = small_settings(**changes)
        tokenizer = load_tokenizer(bases(family))
        dataset = build_dataset(read_sources(data), tokenizer, settings)
        model, _ = load_for_training(bases(family), settings)
        return Loop(model, dataset.train, dataset.held_out, tokenizer.pad_token_id, settings, score=score)

    return go


def naive_scores(loop):
    """One backward pass per row, Adam's own state before and after each step, no hook."""
    loop.inrun.probe.sink = None
    loop.model.train()
    scores = torch.zeros(len(loop.train), dtype=torch.float64)
    settings = loop.settings
    for step in range(loop.plan.steps):
        _, held_out = held_out_gradient(loop.model, loop.parameters, loop.held_out_batches)
        rows = [index for bins in loop.plan.forward_passes(step) for members in bins for index in members]
        count = sum(loop.train[index].trained_count for index in rows)
        own = {}
        for index in rows:
            batch = collate([[index]], loop.train, loop.pad, "cpu")
            loss = summed_loss(loop.model, batch) / count
            own[index] = torch.autograd.grad(loss, list(loop.parameters.values()))
        for place, parameter in enumerate(loop.parameters.values()):
            parameter.grad = sum(gradients[place] for gradients in own.values())
        norm = torch.nn.utils.clip_grad_norm_(loop.parameters.values(), float(settings.clip))
        factor = min(1.0, float(settings.clip) / (norm.item() + 1e-6))
        rate = learning_rate(settings, step, loop.plan.steps)
        loop.optimizer.param_groups[0]["lr"] = rate
        loop.optimizer.step()
        loop.optimizer.zero_grad()
        for place, (name, parameter) in enumerate(loop.parameters.items()):
            state = loop.optimizer.state[parameter]
            second = state["exp_avg_sq"] / (1 - 0.999 ** float(state["step"]))
            divisor = second.sqrt() + 1e-8
            direction = held_out[name] / torch.maximum(divisor, FLOOR * divisor.square().mean().sqrt())
            for index in rows:
                scores[index] += rate * factor * (direction * own[index][place]).sum().double()
    return scores


@pytest.mark.parametrize("family", ["llama", "gpt2", "deepseek_v3", "bloom"])
def test_hooks_equal_per_row_gradients(make_loop, family):
    changes = {"accumulation": 2, "batchSize": 3, "epochs": 2, "attributionEvery": 1, "clip": "0.5"}
    hooked, naive = make_loop(family, **changes), make_loop(family, **changes)
    hooked.run()
    expected = naive_scores(naive)
    assert hooked.plan.steps <= 16
    assert torch.allclose(hooked.scores, expected, rtol=2e-3, atol=2e-4 * expected.abs().max().item())


def test_the_stale_second_moment_stays_close_after_the_exact_steps(make_loop):
    exact, stale = make_loop(epochs=8, attributionEvery=1), make_loop(epochs=8, attributionEvery=1)
    exact.inrun.exact_steps = 10**6
    exact.run()
    stale.run()
    assert torch.corrcoef(torch.stack((exact.scores, stale.scores)))[0, 1] > 0.999


def test_scoring_does_not_change_the_training(make_loop):
    scored, plain = make_loop(dropout="0.1"), make_loop(dropout="0.1", score=False)
    scored.run()
    plain.run()
    for name, parameter in trainable(plain.model).items():
        assert torch.equal(parameter, scored.parameters[name])


@pytest.mark.parametrize("family", ["llama", "gpt2", "mistral", "qwen3", "glm4", "deepseek_v3"])
def test_a_packed_row_is_worth_its_parts(make_loop, family):
    loop = make_loop(family)
    alone = summed_loss(loop.model, collate([[0], [1], [2]], loop.train, loop.pad, "cpu"))
    packed = summed_loss(loop.model, collate([[0, 1, 2]], loop.train, loop.pad, "cpu", packed=True))
    assert packed.item() == pytest.approx(alone.item(), rel=1e-5)


def test_packing_keeps_the_scores_apart(make_loop):
    """With every row in each step, packed and unpacked runs take the same steps, so the scores agree."""
    changes = {"batchSize": 64, "epochs": 4, "attributionEvery": 1}
    plain, packed = make_loop(**changes), make_loop(packing=True, **changes)
    plain.run()
    packed.run()
    assert torch.allclose(plain.scores, packed.scores, rtol=1e-2, atol=1e-2 * plain.scores.abs().max().item())


def test_row_gradients_are_the_gradients_of_each_rows_loss(make_loop):
    loop = make_loop()
    for indices, batch in row_gradients(loop.model, loop.train, loop.pad, "cpu", size=3):
        for place, index in enumerate(indices):
            loop.model.eval()
            loss = row_losses(loop.model, collate([[index]], loop.train, loop.pad, "cpu")).sum()
            grads = torch.autograd.grad(loss, list(loop.parameters.values()))
            for (name, _), grad in zip(loop.parameters.items(), grads, strict=True):
                assert torch.allclose(batch[name][place], grad, rtol=1e-3, atol=1e-6)


def test_datainf_equals_its_formula(make_loop):
    loop = make_loop()
    loop.run()
    _, held_out = held_out_gradient(loop.model, loop.parameters, loop.held_out_batches)
    rows = [
        {name: grads[place].flatten().double() for name, grads in batch.items()}
        for indices, batch in row_gradients(loop.model, loop.train, loop.pad, "cpu")
        for place in range(len(indices))
    ]
    expected = torch.zeros(len(rows), dtype=torch.float64)
    for name, gradient in held_out.items():
        v = gradient.flatten().double()
        g = torch.stack([row[name] for row in rows])
        damping = 0.1 * g.square().mean(1).mean()
        fraction = (g @ v) / (damping + g.square().sum(1))
        direction = (v[None] - fraction[:, None] * g).sum(0) / (len(rows) * damping)
        expected += g @ direction
    ours = datainf(lambda: row_gradients(loop.model, loop.train, loop.pad, "cpu"), held_out, len(rows))
    assert torch.allclose(ours, expected, rtol=1e-3, atol=1e-4 * expected.abs().max().item())
