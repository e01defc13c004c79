"""The table of families: which model types we train and which of their layers LoRA adapts.

Targets are explicit. peft has no default for half of these types, and its "all-linear" also adapts the router `gate`
of DeepSeek's mixture of experts, which must stay as trained. Routed experts are fused 3-D tensors in transformers 5:
they are neither adapted nor quantised. peft 0.21 turns DeepSeek's `gate_proj`, `up_proj` and `down_proj` into targets
on those tensors, so for these types LoRA adapts the attention alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import TargetsError, UnsupportedFamilyError

LLAMA_TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
GLM_TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_up_proj", "down_proj")
MLA_TARGETS = ("q_proj", "q_a_proj", "q_b_proj", "kv_a_proj_with_mqa", "kv_b_proj", "o_proj")
EXPERT_NAMES = ("gate_proj", "up_proj", "down_proj")

NEVER_TARGETS = ("gate", "lm_head", "output_layer", "embed_tokens", "embed_out")
"""Router gates and token heads: adapting them changes routing or breaks merging."""


@dataclass(frozen=True, slots=True)
class Family:
    """One model type of transformers."""

    model_type: str
    label: str
    """The name a user knows, e.g. `DeepSeek`."""
    targets: tuple[str, ...]
    """Module names LoRA may adapt; those a checkpoint lacks are left out."""
    refused: tuple[str, ...] = NEVER_TARGETS
    """Module names LoRA must not adapt here."""
    packs: bool = True
    """Whether attention can be kept inside each example of a packed row: by position ids, which BLOOM has not."""


FAMILIES = {
    family.model_type: family
    for family in (
        Family("llama", "LLaMA", LLAMA_TARGETS),
        Family("mistral", "Mistral", LLAMA_TARGETS),
        Family("deepseek_v2", "DeepSeek", MLA_TARGETS, refused=(*NEVER_TARGETS, *EXPERT_NAMES)),
        Family("deepseek_v3", "DeepSeek", MLA_TARGETS, refused=(*NEVER_TARGETS, *EXPERT_NAMES)),
        Family("qwen2", "Qwen", LLAMA_TARGETS),
        Family("qwen3", "Qwen", LLAMA_TARGETS),
        Family("bloom", "BLOOM", ("query_key_value", "dense", "dense_h_to_4h", "dense_4h_to_h"), packs=False),
        Family("gpt2", "GPT-2", ("c_attn", "c_proj", "c_fc")),
        Family("glm", "ChatGLM / GLM", GLM_TARGETS),
        Family("glm4", "ChatGLM / GLM", GLM_TARGETS),
    )
}


def family_of(model_type: str | None) -> Family:
    """The family of a `config.json`'s `model_type`."""
    if model_type == "chatglm":
        raise UnsupportedFamilyError(
            "model type chatglm runs code from its own repository, which stopped working with transformers 4.45",
            limit="native model types only",
            remedy="use the native GLM weights of the same makers (model type glm or glm4, e.g. a -hf revision)",
            modelType="chatglm",
        )
    if model_type not in FAMILIES:
        raise UnsupportedFamilyError(
            f"model type {model_type!r} is not in the table of families",
            limit=f"one of {', '.join(FAMILIES)}",
            remedy="choose a base model of one of these types",
            modelType=model_type,
        )
    return FAMILIES[model_type]


def resolve_targets(family: Family, linear_names: set[str], wanted: tuple[str, ...]) -> list[str]:
    """Sorted target names present in the model; `wanted` empty means the family's own."""
    forbidden = sorted(set(wanted) & set(family.refused))
    if forbidden:
        raise TargetsError(
            f"targets {forbidden} must not be adapted",
            limit=f"never {', '.join(family.refused)} on {family.model_type}",
            remedy="leave routers, experts and token heads out of `targets`",
            targets=forbidden,
        )
    missing = sorted(set(wanted) - linear_names)
    if missing:
        raise TargetsError(
            f"targets {missing} name no linear layer of this base",
            limit=f"linear layers here: {', '.join(sorted(linear_names))}",
            remedy="choose from these names, or leave `targets` empty",
            targets=missing,
        )
    return sorted(set(wanted) or set(family.targets) & linear_names)
