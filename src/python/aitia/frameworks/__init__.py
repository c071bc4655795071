"""What Aitia adds to frameworks above PyTorch and beside it. Each module has `begin`, which `aitia record` calls."""
