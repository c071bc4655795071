"""Frameworks above PyTorch and beside it, under `aitia record`, no line of their programs changed."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import read

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.framework


def needs(name):
    return pytest.mark.skipif(importlib.util.find_spec(name) is None, reason=f"{name} is not installed")


def record(tmp_path, program, backend="torch"):
    (tmp_path / "train.py").write_text(program)
    command = [sys.executable, "-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--", sys.executable, "train.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KERAS_BACKEND": backend, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "aitia:" not in done.stderr, done.stderr
    return read(tmp_path / "out/record.run.jsonl")


KERAS = """
import keras, numpy as np
keras.utils.set_random_seed(1)
rng = np.random.default_rng(0)
x = rng.normal(size=(320, 8)).astype("float32"); y = (x[:, 0] + x[:, 1] > 0).astype("int32")
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dropout(0.2),
                          keras.layers.Dense(2, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(x[:256], y[:256], validation_data=(x[256:], y[256:]), epochs=4, batch_size=32, verbose=0)
np.save("weights.npy", model.layers[0].get_weights()[0])
print(history.history["loss"][-1], history.history["val_accuracy"][-1])
"""


@needs("keras")
def test_keras_fit(tmp_path):
    import numpy as np

    records = record(tmp_path, KERAS)
    recorded = np.load(tmp_path / "weights.npy")
    environment = {**os.environ, "KERAS_BACKEND": "torch"}
    plain = subprocess.run([sys.executable, "train.py"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert np.array_equal(recorded, np.load(tmp_path / "weights.npy"))  # the same weights, to the last bit
    loss, accuracy = map(float, plain.stdout.split())
    trained, held = ([e for e in records["epoch"] if e["split"] == s] for s in ("train", "validation"))
    assert trained[-1]["loss"] == pytest.approx(loss, rel=1e-4)
    assert held[-1]["metrics"]["accuracy"] == pytest.approx(accuracy, rel=1e-4)
    assert records["run"][0]["classes"] == 2 and records["run"][0]["framework"] == "keras"
    config = records["config"][0]
    assert config["loss"]["expects"] == "probabilities" and config["batch_size"] == 32 and config["epochs"] == 4
    assert [m["kind"] for m in records["model"][0]["modules"]] == ["Dense", "Dropout", "Dense"]
    assert records["model"][0]["output_activation"] == "softmax"
    first = next(r for r in records["layer"] if r["name"].startswith("dense"))
    assert first["gradient"]["norm"] > 0 and first["update_ratio"] > 0 and first["activation"]["min"] == 0
    steps = [s["loss"] for s in records["step"]]
    assert np.mean(steps[:8]) == pytest.approx(trained[0]["loss"], rel=1e-3)
    assert {d["split"]: d["samples"] for d in records["data"]} == {"train": 256, "validation": 64}


@needs("tensorflow")
def test_the_keras_of_tensorflow(tmp_path, monkeypatch):
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
    program = KERAS.replace("import keras, numpy as np", "import numpy as np, tensorflow as tf\nkeras = tf.keras")
    records = record(tmp_path, program, backend="tensorflow")
    assert records["run"][0]["device"] == "tensorflow" and records["config"][0]["loss"]["expects"] == "probabilities"
    held = [e for e in records["epoch"] if e["split"] == "validation"]
    assert len(held) == 4 and 0 < held[-1]["metrics"]["accuracy"] <= 1
    assert [s["step"] for s in records["step"]] == list(range(32))
    first = next(r for r in records["layer"] if r["name"].startswith("dense"))
    assert first["update_ratio"] > 0 and first["activation"]["min"] == 0 and "gradient" not in first


TRANSFORMERS = """
import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments
torch.manual_seed(0)
class Rows(torch.utils.data.Dataset):
    def __init__(self, n): self.x = torch.randint(5, 30, (n, 8)); self.y = (self.x[:, 0] > 17).long()
    def __len__(self): return len(self.x)
    def __getitem__(self, i): return {"input_ids": self.x[i], "attention_mask": torch.ones(8, dtype=torch.long), "labels": self.y[i]}
model = BertForSequenceClassification(BertConfig(vocab_size=30, hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
                                                 intermediate_size=32, num_labels=2))
arguments = TrainingArguments("trained", num_train_epochs=2, per_device_train_batch_size=8, gradient_accumulation_steps=2,
                              learning_rate=1e-3,
                              eval_strategy="epoch", report_to=[], save_strategy="no", logging_steps=2, use_cpu=True, disable_tqdm=True)
Trainer(model, arguments, train_dataset=Rows(64), eval_dataset=Rows(32),
        compute_metrics=lambda p: {"accuracy": (p.predictions.argmax(1) == p.label_ids).mean(), "mine": 0.25}).train()
"""


@needs("transformers")
@needs("accelerate")
def test_the_trainer_of_hugging_face(tmp_path):
    records = record(tmp_path, TRANSFORMERS)
    held = [e for e in records["epoch"] if e["split"] == "validation"]
    assert len(held) == 2 and held[0]["metrics"]["mine"] == 0.25 and 0 <= held[0]["metrics"]["accuracy"] <= 1 and held[0]["mode"] == "eval"
    assert held[0]["loss"] > 0
    assert [s["step"] for s in records["step"]] == list(range(8))
    assert all(0.1 < s["loss"] < 3 for s in records["step"])
    config = {k: v for c in records["config"] for k, v in c.items()}
    assert config["epochs"] == 2 and config["batch_size"] == 16 and config["gradient_clip"] == 1.0
    assert records["run"][0]["framework"] == "transformers" and records["run"][0]["classes"] == 2


LIGHTNING = """
import lightning as L, torch
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset
class Module(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Linear(12, 2))
    def training_step(self, batch, i):
        x, y = batch
        return F.cross_entropy(self.net(x), y)
    def validation_step(self, batch, i):
        x, y = batch
        out = self.net(x)
        self.log("val_loss", F.cross_entropy(out, y)); self.log("val_acc", (out.argmax(1) == y).float().mean())
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=0.01)
L.seed_everything(1)
x = torch.randn(96, 6); y = (x[:, 0] > 0).long()
L.Trainer(
    max_epochs=3, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False, gradient_clip_val=0.5
).fit(
    Module(), DataLoader(TensorDataset(x[:64], y[:64]), 16, shuffle=True), DataLoader(TensorDataset(x[64:], y[64:]), 16))
"""


@needs("lightning")
def test_a_module_of_lightning(tmp_path):
    records = record(tmp_path, LIGHTNING)
    held = [e for e in records["epoch"] if e["split"] == "validation"]
    assert len(held) == 3 and 0 < held[-1]["metrics"]["acc"] <= 1 and held[-1]["loss"] > 0
    assert [s["epoch"] for s in records["step"]] == [0] * 4 + [1] * 4 + [2] * 4
    assert records["step"][0]["batch"]["std"] == pytest.approx(1, abs=0.2)
    assert {m["name"]: m["calls"] for m in records["model"][0]["modules"]} == {"net.0": 1, "net.1": 1, "net.2": 1}
    assert records["layer"][0]["gradient"]["norm"] > 0
    config = {k: v for c in records["config"] for k, v in c.items()}
    assert config["epochs"] == 3 and config["gradient_clip"] == 0.5 and config["batch_size"] == 16
    assert records["run"][0]["framework"] == "lightning"


@needs("lightning")
def test_an_explicit_recorder_of_lightning(tmp_path):
    program = LIGHTNING.replace(
        "logger=False", f"callbacks=[aitia.frameworks.lightning.Recorder({str(tmp_path / 'a.run.jsonl')!r})], logger=False"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", "import aitia\n" + program], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "aitia:" not in done.stderr, done.stderr
    records = read(tmp_path / "a.run.jsonl")
    assert records["end"][0]["status"] == "completed" and len(records["step"]) == 12
    assert len([e for e in records["epoch"] if e["split"] == "validation"]) == 3


@needs("transformers")
@needs("accelerate")
def test_an_explicit_recorder_of_hugging_face(tmp_path):
    recorder = f"callbacks=[aitia.frameworks.transformers.Recorder({str(tmp_path / 'a.run.jsonl')!r})], train_dataset"
    program = TRANSFORMERS.replace("train_dataset", recorder)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run([sys.executable, "-c", "import aitia\n" + program], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "aitia:" not in done.stderr, done.stderr
    records = read(tmp_path / "a.run.jsonl")
    assert records["end"][0]["status"] == "completed" and len(records["step"]) == 8
