#!/usr/bin/env python3
"""Time and peak memory of reading a large checkpoint. Needs torch, and safetensors for that format.

usage: checkpoint.py [--gigabytes 5] [--format pt|safetensors] [--heap 512m] [--folder DIR]

Saves the weights of a language model below DIR (default: the system's folder for temporary files), half of them in one embedding, so that a
single tensor is larger than 2 GB; reads them once with `aitia diagnose`, and deletes them.
"""
import multiprocessing, sys

import reading

WIDTH = 4096
BLOCK = 12 * WIDTH * WIDTH


def weights(size):
    """As many blocks of a transformer as fill the other half, float32."""
    import torch
    torch.manual_seed(7)
    numbers = size // 4
    state = {"model.embed_tokens.weight": torch.randn(numbers // 2 // WIDTH, WIDTH) * 0.02}
    for i in range(max(1, numbers // 2 // BLOCK)):
        block = f"model.layers.{i}."
        state[block + "attention.qkv.weight"] = torch.randn(3 * WIDTH, WIDTH) * 0.02
        state[block + "attention.out.weight"] = torch.randn(WIDTH, WIDTH) * 0.02
        state[block + "mlp.up.weight"] = torch.randn(4 * WIDTH, WIDTH) * 0.02
        state[block + "mlp.down.weight"] = torch.randn(WIDTH, 4 * WIDTH) * 0.02
        state[block + "norm.weight"] = torch.ones(WIDTH)
    return state


def save(path, size, kind):
    """In a process of its own: what starts from a large one is taken to be as large at its peak."""
    state = weights(size)
    if kind == "pt":
        import torch
        torch.save({"epoch": 3, "model": state}, path)
    else:
        from safetensors.torch import save_file
        save_file(state, path)
    print(f"{len(state)} tensors, the largest {max(t.numel() for t in state.values()) * 4 / 1e9:.1f} GB", flush=True)


def main():
    a = reading.options(__doc__, ["pt", "safetensors"])
    size = int(a.gigabytes * 1e9)
    with reading.room(a.folder, size) as folder:
        path = folder / f"model.{a.format}"
        maker = multiprocessing.get_context("spawn").Process(target=save, args=(path, size, a.format))
        maker.start()
        maker.join()
        if maker.exitcode:
            sys.exit("the checkpoint could not be made")
        seen = reading.read(folder, a.heap)
        print(f"{path.stat().st_size / 1e9:.1f} GB: {seen}")


if __name__ == "__main__":
    main()
