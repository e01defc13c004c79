"""One run from sources to manifest: prepare, train, evaluate, attribute, package.

Every phase after training is computed from the last checkpoint, so a process killed in any of them is resumed too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from ..canonical import digest, write_canonical
from ..data.dataset import Dataset, build_dataset
from ..data.sources import read_sources
from ..data.template import template_of
from ..errors import CheckpointError, UsageError
from ..manifest import code_digest, file_digests, manifest, versions
from ..memory import check_memory, estimate
from ..models.adapter import file_sha256, load_for_training, save_adapter
from ..models.base import base_files, find_base, load_tokenizer
from ..profile import apply, describe
from ..settings import Settings
from . import folder as names
from .checkpoint import list_checkpoints
from .control import Control
from .events import Events
from .folder import RunFolder
from .loop import Loop
from .measure import evaluate_run
from .progress import Progress, finished_fields, machine_memory
from .score import index_run, score_run
from .selftest import self_test


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a run is made from."""

    base: str
    """Directory or hub repository."""
    data: Path
    out: Path
    settings: Settings
    revision: str | None = None
    download: bool = False
    evaluation: Path | None = None
    parent: Path | None = None
    """Adapter folder to start from (refinement)."""
    resume: bool = False


@dataclass(slots=True)
class Prepared:
    """A run that is ready to train."""

    request: Request
    folder: RunFolder
    base: Path
    dataset: Dataset
    tokenizer: Any
    model: Any
    loop: Loop
    inputs: dict[str, Any]
    """Everything that decides the result, as digests."""


def run(request: Request, events: Events, control: Control) -> dict[str, Any]:
    """Runs all phases; returns the last event's values."""
    started = perf_counter()
    events.emit("phase", phase="preparing")
    prepared = prepare(request)
    progress = Progress(events, prepared.dataset, request.settings.log_every)
    loop = prepared.loop
    events.emit(
        "started", run=loop.identity, step=loop.step, steps=loop.plan.steps, rows=len(prepared.dataset.train),
        heldOut=len(prepared.dataset.held_out), attributionEvery=loop.every, resumed=request.resume,
    )  # fmt: skip
    events.emit("phase", phase="training")
    loop.run(progress, control)
    return _finish(prepared, progress, events, started)


def prepare(request: Request) -> Prepared:
    """Checks everything that can be checked before the first step."""
    settings, folder = request.settings, RunFolder(request.out)
    _check_folder(folder, request)
    apply(settings.profile, settings.device, settings.threads)
    base = find_base(request.base, request.revision, request.download)
    tokenizer = load_tokenizer(base)
    sources = read_sources(request.data)
    evaluation = read_sources(request.evaluation) if request.evaluation else None
    dataset = build_dataset(sources, tokenizer, settings, evaluation)
    _check_packing(base, settings)
    report = estimate(base, settings, max(len(row.ids) for row in dataset.train))
    check_memory(report, settings, machine_memory(settings.device))
    model, facts = load_for_training(base, settings, request.parent)
    inputs = {
        "settings": settings.digest(),
        "base": base_files(base),
        "dataset": digest(dataset.identity()),
        "template": digest(template_of(tokenizer)),
        "parent": file_sha256(request.parent / "adapter_model.safetensors") if request.parent else None,
        "model": facts,
    }
    folder.root.mkdir(parents=True, exist_ok=True)
    loop = Loop(
        model,
        dataset.train,
        dataset.held_out,
        tokenizer.pad_token_id,
        settings,
        score=settings.attribution,
        identity=digest(inputs),
        checkpoints=folder / names.CHECKPOINTS,
    )
    if request.resume and list_checkpoints(folder / names.CHECKPOINTS):
        loop.resume()
    write_canonical(folder / names.SETTINGS, settings.to_json())
    write_canonical(folder / names.DATASET, dataset.identity())
    write_canonical(folder / names.REQUEST, {"base": base.name, "inputs": inputs, "run": loop.identity})
    return Prepared(request, folder, base, dataset, tokenizer, model, loop, inputs)


def _finish(prepared: Prepared, progress: Progress, events: Events, started: float) -> dict[str, Any]:
    folder, settings, loop = prepared.folder, prepared.request.settings, prepared.loop
    events.emit("phase", phase="evaluating")
    files = save_adapter(prepared.model, folder / names.ADAPTER, prepared.base.name)
    metrics = evaluate_run(prepared)
    events.emit("evaluated", **metrics["heldOutLoss"])
    write_canonical(folder / names.METRICS, metrics)
    attribution_started = perf_counter()
    scores: dict[str, Any] | None = None
    if settings.attribution:
        events.emit("phase", phase="attributing")
        scores = score_run(prepared)
        write_canonical(folder / names.SCORES, scores)
        events.emit("scored", contributors=scores["contributors"])
        if settings.self_test:
            report = self_test(prepared, scores, metrics)
            write_canonical(folder / names.SELF_TEST, report)
            events.emit("selfTested", drawn=report["drawn"])
        index_run(prepared)
    events.emit("phase", phase="packaging")
    write_canonical(
        folder / names.MANIFEST,
        manifest(
            run=loop.identity,
            inputs=prepared.inputs,
            settings=settings.to_json(),
            seed=settings.seed,
            profile=describe(settings.profile, settings.device, settings.precision),
            versions=versions(settings.quantizer if settings.method == "qlora" else None),
            code=code_digest(),
            attribution=scores["method"] if scores else None,
            files=file_digests(folder.root, folder.reproducible_files()),
        ),
    )
    timings = {
        **finished_fields(progress),
        "attributionInLoopSeconds": round(loop.attribution_seconds, 3),
        "attributionAfterSeconds": round(perf_counter() - attribution_started, 3),
        "totalSeconds": round(perf_counter() - started, 3),
    }
    result = {"run": loop.identity, "adapter": files, "metrics": metrics["heldOutLoss"], "timings": timings}
    events.emit("finished", **result)
    return result


def _check_folder(folder: RunFolder, request: Request) -> None:
    if folder.started and not request.resume:
        raise UsageError(
            f"{request.out.name} already holds a run",
            limit="one run per folder",
            remedy="pass --resume to go on with it, or another --out",
        )
    if request.resume and not folder.started:
        raise CheckpointError(
            f"{request.out.name} holds no run", limit="a started run", remedy="start it without --resume"
        )


def _check_packing(base: Path, settings: Settings) -> None:
    from ..errors import SettingsError
    from ..models.base import check_base

    family, _ = check_base(base)
    if settings.packing and not family.packs:
        message = f"packing is on, but {family.label} cannot keep attention inside each example"
        raise SettingsError(message, limit="families with position ids", remedy="turn packing off", problems=[])
