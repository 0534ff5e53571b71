"""Trains the same adapter with PEFT and with Homeroom's trainer, and compares the loss of each of 50 steps.

    python3 -m venv /tmp/peft && /tmp/peft/bin/pip install torch==2.13.0 peft==0.21.2 transformers==5.23.0 gguf numpy
    /tmp/peft/bin/python bench/peft/compare.py

A small random llama in F32, the same weights as a state dict and as a GGUF file; the same examples in the same order, the same first
values of the adapter, the same learning rates, AdamW, weight decay and clipping. Prints a line of JSON for each step and one for all;
the exit code is 1 where a step differs by more than 2 %.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import gguf
import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

LIMIT = 0.02
MODULES = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
GGUF_NAMES = dict(zip(MODULES, ["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"]))
CONFIG = LlamaConfig(
    vocab_size=512,
    hidden_size=128,
    intermediate_size=256,
    num_hidden_layers=3,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=256,
    rms_norm_eps=1e-5,
    rope_theta=10000.0,
    tie_word_embeddings=False,
    initializer_range=0.08,
)


def permuted(weight, heads):
    """Rows in the order in which llama.cpp turns them: neighbours in pairs, where transformers has halves."""
    rows = weight.shape[0]
    return weight.reshape(heads, 2, rows // heads // 2, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


def heads_of(module):
    return {"q_proj": CONFIG.num_attention_heads, "k_proj": CONFIG.num_key_value_heads}.get(module)


def write_gguf(path, model):
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("random llama")
    writer.add_context_length(CONFIG.max_position_embeddings)
    writer.add_embedding_length(CONFIG.hidden_size)
    writer.add_block_count(CONFIG.num_hidden_layers)
    writer.add_feed_forward_length(CONFIG.intermediate_size)
    writer.add_head_count(CONFIG.num_attention_heads)
    writer.add_head_count_kv(CONFIG.num_key_value_heads)
    writer.add_layer_norm_rms_eps(CONFIG.rms_norm_eps)
    writer.add_rope_dimension_count(CONFIG.hidden_size // CONFIG.num_attention_heads)
    writer.add_rope_freq_base(10000.0)
    writer.add_tokenizer_model("llama")
    words = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)] + [f"w{i}" for i in range(CONFIG.vocab_size - 259)]
    writer.add_token_list(words)
    writer.add_token_scores([-float(i) for i in range(len(words))])
    writer.add_token_types([2, 3, 3] + [6] * 256 + [1] * (len(words) - 259))
    state = {name: value.detach().numpy().astype(np.float32) for name, value in model.state_dict().items()}
    writer.add_tensor("token_embd.weight", state["model.embed_tokens.weight"])
    writer.add_tensor("output_norm.weight", state["model.norm.weight"])
    writer.add_tensor("output.weight", state["lm_head.weight"])
    for layer in range(CONFIG.num_hidden_layers):
        own, theirs = f"blk.{layer}.", f"model.layers.{layer}."
        writer.add_tensor(own + "attn_norm.weight", state[theirs + "input_layernorm.weight"])
        writer.add_tensor(own + "ffn_norm.weight", state[theirs + "post_attention_layernorm.weight"])
        for module, name in GGUF_NAMES.items():
            weight = state[f"{theirs}{'self_attn' if name.startswith('attn') else 'mlp'}.{module}.weight"]
            heads = heads_of(module)
            writer.add_tensor(f"{own}{name}.weight", np.ascontiguousarray(permuted(weight, heads)) if heads else weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_examples(path):
    """Questions of random tokens, with an answer that follows from them: as exampleFile.ts has them."""
    random = np.random.default_rng(7)
    numbers = [0x4C455848]
    for _ in range(40):
        question = random.integers(260, 380, size=random.integers(6, 20)).tolist()
        tokens = [1, *question, 5, *[token + 100 for token in question], 2]
        numbers.append(len(tokens))
        numbers += [token * 2 + int(i > len(question) + 1) for i, token in enumerate(tokens)]
    numbers.append(-1)
    np.array(numbers, dtype="<i4").tofile(path)


def begin_alike(model, adapter_path):
    """Gives the adapter of PEFT the first values of ours. B is zero on both sides."""
    tensors = {tensor.name: tensor.data for tensor in gguf.GGUFReader(adapter_path).tensors}
    for name, parameter in model.named_parameters():
        if "lora_A" in name:
            layer, module = name.split(".layers.")[1].split(".")[0], name.split(".lora_A")[0].split(".")[-1]
            with torch.no_grad():
                parameter.copy_(torch.from_numpy(np.array(tensors[f"blk.{layer}.{GGUF_NAMES[module]}.weight.lora_a"])))


def loss_of(model, rows):
    """The mean over all goals of the rows together."""
    total, count = 0.0, 0
    for row in rows:
        logits = model(input_ids=torch.tensor([row["tokens"]])).logits[0]
        goals = torch.tensor(row["goals"])
        wanted = goals >= 0
        total = total + torch.nn.functional.cross_entropy(logits[wanted], goals[wanted], reduction="sum")
        count += int(wanted.sum())
    return total / count


def main():
    torch.manual_seed(1)
    torch.set_num_threads(1)
    model = LlamaForCausalLM(CONFIG).float()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / each for each in ("model.gguf", "examples", "adapter.gguf", "result.json")]
        write_gguf(paths[0], model)
        write_examples(paths[1])
        subprocess.run(["node", Path(__file__).parent / "trainOurs.ts", *paths], check=True)
        ours = json.loads(paths[3].read_text())
        adapter = ours["adapter"]
        tuned = get_peft_model(model, LoraConfig(r=adapter["rank"], lora_alpha=adapter["alpha"], lora_dropout=0.0, target_modules=MODULES))
        begin_alike(tuned, paths[2])
    settings = ours["optimizer"]
    trained = [parameter for parameter in tuned.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        trained, lr=1.0, betas=(settings["beta1"], settings["beta2"]), eps=settings["epsilon"], weight_decay=settings["weightDecay"]
    )
    worst = 0.0
    for number, step in enumerate(ours["steps"], 1):
        optimizer.zero_grad()
        loss = loss_of(tuned, step["rows"])
        loss.backward()
        length = torch.nn.utils.clip_grad_norm_(trained, settings["longestGradient"])
        for group in optimizer.param_groups:
            group["lr"] = step["learningRate"]
        optimizer.step()
        apart = abs(step["loss"] - loss.item()) / loss.item()
        worst = max(worst, apart)
        print(json.dumps({"step": number, "peft": loss.item(), "ours": step["loss"], "apart": apart, "gradients": [length.item(), step["gradientLength"]]}))
    print(json.dumps({"steps": len(ours["steps"]), "worst": worst, "limit": LIMIT, "pass": worst <= LIMIT}))
    sys.exit(0 if worst <= LIMIT and len(ours["steps"]) == 50 else 1)


main()
