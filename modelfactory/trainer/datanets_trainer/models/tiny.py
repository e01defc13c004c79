"""Configs of tiny models, one per name a user can ask `make-base` for."""

from __future__ import annotations

from dataclasses import dataclass

import transformers

from ..errors import UsageError


@dataclass(frozen=True, slots=True)
class TinyShape:
    """The size of a tiny model."""

    vocabulary: int
    hidden: int = 64
    layers: int = 2
    heads: int = 4
    positions: int = 512


def tiny_config(name: str, shape: TinyShape, bos: int, eos: int, pad: int) -> transformers.PretrainedConfig:
    """A config of family `name` in the given size."""
    common = {"vocab_size": shape.vocabulary, "bos_token_id": bos, "eos_token_id": eos, "pad_token_id": pad}
    dense = {
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": max(1, shape.heads // 2),
        "intermediate_size": 2 * shape.hidden,
        "max_position_embeddings": shape.positions,
        **common,
    }
    head = shape.hidden // shape.heads
    experts = {
        **dense,
        "num_key_value_heads": shape.heads,
        "moe_intermediate_size": shape.hidden // 2,
        "n_routed_experts": 4,
        "n_shared_experts": 1,
        "num_experts_per_tok": 2,
        "n_group": 1,
        "topk_group": 1,
        "first_k_dense_replace": 1,
        "kv_lora_rank": 16,
        "qk_rope_head_dim": 8,
        "qk_nope_head_dim": 8,
        "v_head_dim": head,
    }
    makers = {
        "llama": lambda: transformers.LlamaConfig(**dense),
        "mistral": lambda: transformers.MistralConfig(sliding_window=64, **dense),
        "deepseek": lambda: transformers.LlamaConfig(**dense),
        "deepseek_v2": lambda: transformers.DeepseekV2Config(q_lora_rank=None, **experts),
        "deepseek_v3": lambda: transformers.DeepseekV3Config(q_lora_rank=24, **experts),
        "qwen2": lambda: transformers.Qwen2Config(**dense),
        "qwen3": lambda: transformers.Qwen3Config(head_dim=head, **dense),
        "bloom": lambda: transformers.BloomConfig(
            hidden_size=shape.hidden, n_layer=shape.layers, n_head=shape.heads, **common
        ),
        "gpt2": lambda: transformers.GPT2Config(
            n_embd=shape.hidden,
            n_layer=shape.layers,
            n_head=shape.heads,
            n_positions=shape.positions,
            **dict.fromkeys(("resid_pdrop", "embd_pdrop", "attn_pdrop"), 0.0),  # as the other families
            **common,
        ),
        "glm": lambda: transformers.GlmConfig(head_dim=head, **dense),
        "glm4": lambda: transformers.Glm4Config(head_dim=head, **dense),
    }
    if name not in makers:
        raise UsageError(
            f"there is no tiny config for {name!r}",
            limit=f"one of {', '.join(makers)}",
            remedy="pass one of these names with --family",
        )
    return makers[name]()


TINY_NAMES = (
    "llama",
    "mistral",
    "deepseek",
    "deepseek_v2",
    "deepseek_v3",
    "qwen2",
    "qwen3",
    "bloom",
    "gpt2",
    "glm",
    "glm4",
)
SEVEN_FAMILIES = ("llama", "mistral", "deepseek_v3", "qwen3", "bloom", "gpt2", "glm4")
"""One representative per family of the issue."""
