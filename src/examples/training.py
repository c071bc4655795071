"""Trains one small model as its `Setup` says and leaves behind what such a run leaves: a record, metrics, a config, raw data, event files."""

import contextlib
import csv
import json
import math
import pathlib
from dataclasses import dataclass, field

import numpy as np

import recording


@dataclass
class Setup:
    """One training run. What is a callable here is where a fault can hide."""

    task: str  # classification, regression; reconstruction has a loss and nothing else
    data: object  # datasets.Data, prepared
    model: object  # () -> nn.Module, or a keras model when framework is keras
    loss: object  # (output, target) -> scalar
    loss_name: str
    expects: str = None
    classes: int = 0
    optimizer: dict = field(default_factory=lambda: {"name": "Adam", "learning_rate": 0.01})
    scheduler: object = None  # (optimizer, steps an epoch) -> torch scheduler, stepped every update
    scheduler_config: dict = None
    batch_size: int = 32
    epochs: int = 20
    shuffle: bool = True
    seed: int = 1
    framework: str = "pytorch"
    output_activation: str = "none"
    parameters: object = None  # (model) -> parameters the optimizer gets
    predict: object = None  # (outputs array) -> predicted classes or values, for the metrics
    predict_held: object = None  # the same for the splits that are not trained on, where it differs
    held: tuple = ("validation", "test")  # splits that are evaluated
    measured: bool = True  # whether the program writes metrics beside its loss
    augment: object = None  # (batch tensor, numpy generator) -> batch tensor
    tamper: object = None  # (model, step): after the backward pass, before clipping and update
    update: object = None  # (optimizer, step): instead of optimizer.step()
    zero_grad: object = None  # (step) -> whether gradients are zeroed before this step
    clip: float = None
    reduction: str = None
    precision: str = "fp32"
    loss_scale: float = None
    eval_mode: str = "eval"
    eval_batch: int = 256
    evaluated: dict = field(default_factory=dict)  # split -> (model) -> model evaluated in its place
    target: dict = None
    metrics: tuple = ()  # further metrics: f1, balanced_accuracy
    config_more: dict = field(default_factory=dict)
    model_config: dict = field(default_factory=dict)
    train_metrics: bool = True
    judge: tuple = ("validation", None)  # split and metric that a control is compared on
    extras: bool = False
    patience: int = 0  # epochs without a better validation loss before it stops; 0: never

    def judged(self):
        return self.judge[1] or ("r2" if self.task == "regression" else "accuracy")


def scores(setup, outputs, y, predict=None):
    """The metrics of a split; for regression of the values as trained on."""
    predict = predict or setup.predict
    if setup.task == "reconstruction" or not setup.measured:
        return {}
    if setup.task == "regression":
        p = predict(outputs) if predict else outputs.reshape(len(y), -1)[:, 0]
        with np.errstate(all="ignore"):
            error = p.astype(np.float64) - y
            spread = ((y - y.mean()) ** 2).mean()
            return {"mae": np.abs(error).mean(), "r2": 1 - (error**2).mean() / spread if spread > 0 else float("nan")}
    if predict:
        p = predict(outputs)
    elif outputs.ndim == 1 or outputs.shape[1] == 1:
        p = (outputs.reshape(-1) > (0.5 if setup.output_activation == "sigmoid" else 0)).astype(int)
    else:
        p = np.nan_to_num(outputs, nan=-1e30).argmax(1)
    out = {"accuracy": (p == y).mean()}
    if setup.metrics:
        recalls, f1s = [], []
        for c in np.unique(y):
            hit, said, real = ((p == c) & (y == c)).sum(), (p == c).sum(), (y == c).sum()
            recalls.append(hit / real)
            f1s.append(2 * hit / (said + real))
        every = {"balanced_accuracy": np.mean(recalls), "f1": np.mean(f1s)}
        out.update({m: every[m] for m in setup.metrics})
    return out


def optimizer_of(setup, parameters):
    import torch

    o = dict(setup.optimizer)
    kind = getattr(torch.optim, o.pop("name"))
    o["lr"] = o.pop("learning_rate")
    if "betas" in o:
        o["betas"] = tuple(o["betas"])
    return kind(parameters, **o)


def config_record(setup):
    record = {"task": setup.task, "optimizer": setup.optimizer, "loss": {"name": setup.loss_name}}
    if setup.task == "classification":
        record["classes"] = setup.classes
    if setup.expects:
        record["loss"]["expects"] = setup.expects
    if setup.reduction:
        record["loss"]["reduction"] = setup.reduction
    record.update(batch_size=setup.batch_size, epochs=setup.epochs, precision=setup.precision, seed=setup.seed, shuffle=setup.shuffle)
    if setup.loss_scale:
        record["loss_scale"] = setup.loss_scale
    if setup.clip:
        record["gradient_clip"] = setup.clip
    if setup.scheduler_config:
        record["scheduler"] = setup.scheduler_config
    if setup.target:
        record["target"] = setup.target
    record.update(setup.config_more)
    return record


class Log:
    """Rows for metrics.csv, and the last figures of each split."""

    def __init__(self):
        self.epochs = []  # (epoch, step, rate, {split: {metric: value}})
        self.last = {}
        self.outputs = {}  # split -> what the model put out at the last evaluation, and the targets

    def figures(self, split, values):
        self.last[split] = values


def run_torch(setup, path=None, name="run", board=None):
    """Trains; with a path it writes the record there. Returns the log."""
    import torch

    torch.manual_seed(setup.seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(setup.seed)
    model = setup.model()
    parameters = list(setup.parameters(model)) if setup.parameters else [p for p in model.parameters() if p.requires_grad]
    optimizer = optimizer_of(setup, parameters)
    splits = {
        s: (torch.from_numpy(x), torch.from_numpy(y)) for s, (x, y) in setup.data.ready.items() if s == "train" or s in setup.held
    }
    x, y = splits["train"]
    per_epoch = math.ceil(len(x) / setup.batch_size)
    total = per_epoch * setup.epochs
    scheduler = setup.scheduler(optimizer, per_epoch) if setup.scheduler else None
    recorder = None
    if path:
        recorder = recording.Recording(path, name, config_record(setup), model, optimizer, setup.loss_scale)
        for split, (xs, ys) in splits.items():
            recorder.session.data(split, xs, ys if setup.task != "reconstruction" else None, setup.data.names)
    log = Log()
    step = 0
    scale = setup.loss_scale
    if setup.precision == "amp-fp16":
        for p in parameters:
            p.register_hook(lambda g: g.to(torch.float16).float())
    lowest, since = math.inf, 0

    def evaluate(split):
        shown = setup.evaluated.get(split, lambda m: m)(model)
        was = shown.training
        shown.train(setup.eval_mode == "train")
        xs, ys = splits[split]
        outs = []
        with recorder.evaluation(split) if recorder else contextlib.nullcontext(), torch.no_grad():
            for i in range(0, len(xs), setup.eval_batch):
                outs.append(shown(xs[i : i + setup.eval_batch]).float())
            out = torch.cat(outs)
            loss = float(setup.loss(out, ys))
        shown.train(was)
        log.outputs[split] = (out.numpy(), ys.numpy())
        metrics = scores(setup, out.numpy(), ys.numpy(), setup.predict_held)
        if recorder:
            recorder.log({"loss": loss, **metrics}, split=split, epoch=epoch, mode=setup.eval_mode)
        return loss, metrics

    for epoch in range(setup.epochs):
        model.train()
        order = rng.permutation(len(x)) if setup.shuffle else np.arange(len(x))
        losses, outputs, targets, weights = [], [], [], []
        for i in range(0, len(x), setup.batch_size):
            pick = order[i : i + setup.batch_size]
            xb, yb = x[pick], y[pick]
            if setup.augment:
                xb = setup.augment(xb, rng)
            if setup.zero_grad is None or setup.zero_grad(step):
                optimizer.zero_grad()
            if setup.precision == "amp-fp16":
                with torch.autocast("cpu", dtype=torch.float16):
                    out = model(xb)
                out = out.float()
                loss = setup.loss(out, yb)
                scaled = loss * scale
                if recorder:
                    recorder.scaled(loss, scaled)
                scaled.backward()
                bad = any(p.grad is not None and not torch.isfinite(p.grad).all() for p in parameters)
                for p in parameters:
                    if p.grad is not None:
                        p.grad /= scale
            else:
                out = model(xb)
                loss = setup.loss(out, yb)
                loss.backward()
                bad = None
            if setup.tamper:
                setup.tamper(model, step)
                if recorder:
                    recorder.tampered()
            value = float(loss.detach())
            if setup.clip:
                torch.nn.utils.clip_grad_norm_(parameters, setup.clip)
            rate = optimizer.param_groups[0]["lr"]
            with recorder.update(bad) if recorder else contextlib.nullcontext():
                if bad:
                    pass
                elif setup.update:
                    setup.update(optimizer, step)
                else:
                    optimizer.step()
            if scheduler:
                scheduler.step()
            shown = out.detach().numpy()
            losses.append(value)
            weights.append(len(pick))
            outputs.append(shown)
            targets.append(yb.numpy())
            if board and step % max(1, total // 150) == 0:
                board.add_scalar("train/loss", value, step)
                board.add_scalar("lr", rate, step)
            step += 1
        train = scores(setup, np.concatenate(outputs), np.concatenate(targets))
        train_loss = float(np.average(losses, weights=weights))
        log.outputs["train"] = (np.concatenate(outputs), np.concatenate(targets))
        log.figures("train", {"loss": train_loss, **train})
        row = {"train": log.last["train"]}
        if recorder:
            recorder.end_epoch({"loss": train_loss, **(train if setup.train_metrics else {})})
        loss = train_loss
        if "validation" in splits:
            loss, metrics = evaluate("validation")
            log.figures("validation", {"loss": loss, **metrics})
            row["validation"] = log.last["validation"]
            if board:
                for k, v in {"loss": loss, **metrics}.items():
                    board.add_scalar(f"validation/{k}", v, step - 1)
        stop = False
        if setup.patience:
            since = 0 if loss < lowest else since + 1
            lowest = min(lowest, loss)
            stop = since >= setup.patience
        if "test" in splits and (stop or epoch == setup.epochs - 1):
            loss, metrics = evaluate("test")
            log.figures("test", {"loss": loss, **metrics})
            row["test"] = log.last["test"]
        log.epochs.append((epoch, step - 1, rate, row))
        if stop:
            break
    if recorder:
        recorder.end(stopped=stop)
    return log


# ---- what else a run leaves --------------------------------------------------------------------------------------------------------


def write_metrics(path, log, style, task):
    """metrics.csv as Keras' CSVLogger, as a sparse logger of one row an event, or as a hand-written script writes it."""
    f = lambda v: "" if v is None else ("nan" if isinstance(v, float) and math.isnan(v) else f"{v:.6g}")
    with pathlib.Path(path).open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        if style == "keras":
            keys = sorted(log.epochs[0][3]["train"])
            columns = sorted(keys + ["learning_rate"]) + [f"val_{k}" for k in keys if "validation" in log.last]
            out.writerow(["epoch"] + columns)
            for epoch, _, rate, row in log.epochs:
                cells = {**row["train"], "learning_rate": rate, **{f"val_{k}": v for k, v in row.get("validation", {}).items()}}
                out.writerow([epoch] + [f(cells.get(c)) for c in columns])
        elif style == "sparse":
            keys = sorted(log.epochs[0][3]["train"])
            columns = ["epoch", "step"] + [f"{s}_{k}" for s in ("test", "train", "val") for k in keys]
            out.writerow(columns)
            for epoch, step, _, row in log.epochs:
                for split, short in (("validation", "val"), ("train", "train"), ("test", "test")):
                    if split in row:
                        cells = {"epoch": epoch, "step": step, **{f"{short}_{k}": f(v) for k, v in row[split].items()}}
                        out.writerow([cells.get(c, "") for c in columns])
        else:
            keys = list(log.epochs[0][3]["train"])
            splits = [(s, short) for s, short in (("train", "train"), ("validation", "val")) if s in log.last]
            out.writerow(["epoch"] + [f"{short}_{k}" for _, short in splits for k in keys] + ["lr"])
            for epoch, _, rate, row in log.epochs:
                out.writerow([epoch + 1] + [f(row[s][k]) for s, _ in splits for k in keys] + [f(rate)])


def write_log(path, log, style, planned):
    """What a script prints while it trains: as Keras does, a line an epoch of a script of one's own, or Python's logging."""
    f = lambda v: "nan" if math.isnan(v) else f"{v:.4f}"
    with pathlib.Path(path).open("w") as out:
        for epoch, step, rate, row in log.epochs:
            held = row.get("validation", {})
            if style == "keras":
                shown = " - ".join([f"{k}: {f(v)}" for k, v in row["train"].items()] + [f"val_{k}: {f(v)}" for k, v in held.items()])
                out.write(f"Epoch {epoch + 1}/{planned}\n{step + 1}/{step + 1} - 0s - {shown}\n")
            elif style == "logging":
                shown = " ".join([f"train_{k}={f(v)}" for k, v in row["train"].items()] + [f"val_{k}={f(v)}" for k, v in held.items()])
                out.write(f"2026-05-04 10:{epoch // 60:02d}:{epoch % 60:02d} INFO epoch={epoch + 1} step={step + 1} lr={rate:.3g} {shown}\n")
            else:
                shown = " | ".join(", ".join(f"{s} {k} {f(v)}" for k, v in figures.items()) for s, figures in (("train", row["train"]), ("val", held)) if figures)
                out.write(f"epoch {epoch + 1:3d}/{planned}: {shown}\n")
        if "test" in log.last:
            out.write("test " + ", ".join(f"{k} {f(v)}" for k, v in log.last["test"].items()) + "\n")


def settings(setup):
    """What the user's own config file holds."""
    out = {"task": setup.task}
    if setup.model_config:
        out["model"] = setup.model_config
    o = dict(setup.optimizer)
    out["optimizer"] = o.pop("name").lower()
    out["learning_rate"] = o.pop("learning_rate")
    out["batch_size"] = setup.batch_size
    out["epochs"] = setup.epochs
    out["loss"] = setup.loss_name
    out.update(o)
    if setup.scheduler_config:
        out["scheduler"] = setup.scheduler_config
    if setup.clip:
        out["gradient_clip"] = setup.clip
    if setup.precision != "fp32":
        out.update(precision=setup.precision, loss_scale=setup.loss_scale)
    if setup.target:
        out["target"] = setup.target
    out.update(setup.config_more)
    out["seed"] = setup.seed
    return out


def write_config(folder, setup, style):
    import yaml

    if style == "json":
        (folder / "config.json").write_text(json.dumps(settings(setup), indent=2) + "\n")
    elif style == "yaml":
        (folder / "hparams.yaml").write_text(yaml.safe_dump(settings(setup), sort_keys=False))


def write_tables(folder, data, limit=400):
    """The first rows of each split as they were before any preprocessing."""
    for split, (x, y) in data.raw.items():
        with (folder / f"{split}.csv").open("w", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(data.names + ["target"])
            for row, t in zip(x[:limit], y[:limit]):
                out.writerow(["" if isinstance(v, float) and math.isnan(v) else f"{v:.6g}" for v in row.tolist()] + [f"{t:.6g}"])


def run(setup, folder=None, name="run", files=("record", "metrics:plain", "config:json")):
    """Trains and, with a folder, writes the files asked for: record, metrics:STYLE, config:STYLE, log:STYLE, tables, tensorboard."""
    if setup.framework == "keras":
        import keras_training

        train = keras_training.run_keras
    else:
        train = run_torch
    if folder is None:
        return train(setup)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    board = None
    if "tensorboard" in files:
        import logging

        from tensorboardX import SummaryWriter

        logging.getLogger().setLevel(logging.ERROR)
        for old in (folder / "tensorboard").glob("events.*"):
            old.unlink()
        board = SummaryWriter(str(folder / "tensorboard"), filename_suffix=".0")
    record = folder / "record.run.jsonl" if "record" in files else None
    log = train(setup, record, name, board)
    if board:
        board.close()
        for written in (folder / "tensorboard").glob("events.*"):
            written.rename(folder / "tensorboard" / "events.out.tfevents.1778000000.trainer.0")
    for item in files:
        kind, _, style = item.partition(":")
        if kind == "metrics":
            write_metrics(folder / "metrics.csv", log, style, setup.task)
        elif kind == "config":
            write_config(folder, setup, style)
        elif kind == "log":
            write_log(folder / "train.log", log, style, setup.epochs)
        elif kind == "tables":
            write_tables(folder, setup.data)
    return log
