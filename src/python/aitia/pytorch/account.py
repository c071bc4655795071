"""What a session knows of its run, and the records that are about more than a step."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

from aitia.pytorch import losses, patches, trouble
from aitia.pytorch.data import Splits, batch_record
from aitia.pytorch.evaluation import Phase, Totals
from aitia.pytorch.layers import LayerWatch
from aitia.pytorch.losses import Call
from aitia.pytorch.model import ModelView
from aitia.pytorch.settings import environment, optimizer_settings, processes, run_record, seed
from aitia.pytorch.statistics import fetch
from aitia.recording import names
from aitia.recording.care import Care, careful
from aitia.recording.jsonl import RecordWriter
from aitia.recording.sampling import Sampler

REPLACED = 20  # updates by others, with none by the optimizer that was counted, after which another is


class Account:
    """The state of a session, and what it writes of heads, epochs, splits and trouble."""

    care: Care
    writer: RecordWriter
    sampler: Sampler
    splits: Splits
    view: ModelView
    optimizers: list[Optimizer]
    extra: dict[str, Any]
    name: str
    replay: bool
    given_loss: Any
    framework: tuple[str, str] | None

    def start(self) -> None:
        """Nothing has been seen yet."""
        self.step = 0
        self.epoch: int | None = None
        self.compiled = False
        self._headed = False
        self.defer = False  # whether evaluations wait for `log`
        self._deferred: dict[str, Any] | None = None
        self._watch: LayerWatch | None = None
        self._recorded = False
        self._decided = -1  # the step that this is about
        self._calls: list[Call] = []
        self._first_calls: list[Call] = []
        self._first_inputs: Tensor | None = None
        self._precision: str | None = None
        self._activation: str | None = None  # that the outputs of the first step came from
        self._values: list[Tensor] = []
        self._forwards = 0
        self._other_losses: dict[str, Any] = {}
        self._adversaries = False  # whether one optimizer trains a judge of what another makes
        self._scaled: dict[int, Tensor] = {}
        self._scale: float | None = None
        self._updated = False
        self._main: Optimizer | None = None
        self._idle = 0
        self._gradient_norm: Any = None
        self._inputs: Tensor | None = None
        self._output: Tensor | None = None  # of the model, where a loss of the program's own may not be heard
        self._arguments: tuple[nn.Module, tuple[Any, ...], dict[str, Any]] | None = None
        self._mode = "train"
        self._mode_tells = False  # whether a model in evaluation mode is being evaluated
        self._phase: Phase | None = None
        self._forced: str | None = None
        self._epoch_totals = Totals()
        self._per_epoch = 0  # batches in the last epoch
        self._first_epoch: int | None = None
        self._profiled: set[str] = set()
        self._ring = trouble.Ring()
        self._broken = False

    def _plan(self) -> None:
        """Decides whether the coming step is looked at layer by layer."""
        if self._watch is not None:
            self._watch.close()
        self._watch = None
        if self.view.leaves and self.sampler.layers(self.step):
            self._watch = LayerWatch(self.view, self._guarded)
            if not self.compiled and patches.current() is self:
                self._watch.open()

    def _adopt(self, *optimizers: Optimizer) -> None:
        raise NotImplementedError

    def _drop_guesses(self, optimizer: Optimizer) -> None:
        raise NotImplementedError

    def _primary(self) -> Optimizer:
        """The optimizer whose updates are counted: the first that is used, or the one that has taken its place."""
        return self._main or self.optimizers[0]

    def _elect(self, optimizer: Optimizer) -> None:
        if all(o is not optimizer for o in self.optimizers):
            return
        self._idle = 0 if optimizer is self._main else self._idle + 1
        if self._main is None or self._idle > REPLACED:
            self._main, self._idle = optimizer, 0

    @careful
    def _guarded(self, function: Any, *args: Any) -> None:
        function(*args)

    # ---- epochs, splits, heads --------------------------------------------------------------------------------------------------

    def _count_epoch(self) -> None:
        trained = self.splits.trained
        if trained is not None:
            self.epoch = self.splits.opens.get(id(trained), 1) - 1
            return
        seen = names.epoch_variable()
        if seen is None:
            return
        self._first_epoch = seen if self._first_epoch is None else self._first_epoch
        if self.epoch is not None and seen - self._first_epoch != self.epoch:
            self._end_epoch()
        self.epoch = seen - self._first_epoch

    def _end_epoch(self, known: dict[str, float] | None = None) -> None:
        """Writes the figures of the training split; of an epoch of one step only where the step has a record, or the program knows them."""
        totals, self._epoch_totals = self._epoch_totals, Totals()
        self._per_epoch = totals.batches or self._per_epoch
        if not totals.batches or (totals.batches == 1 and not self._recorded and known is None):
            return
        loss, metrics = totals.figures()
        if known is not None:
            loss, metrics = known.get("loss", loss), {k: v for k, v in known.items() if k != "loss"}
        record = {"type": "epoch", "epoch": self.epoch, "step": max(0, self.step - 1), "split": "train", "loss": loss}
        self._write({**record, "metrics": metrics, "mode": self._mode})
        self._write_profile("train")

    def _end_phase(self, metrics: dict[str, float] | None = None) -> None:
        """Ends an evaluation; `metrics` are those that the program has computed itself."""
        phase, self._phase = self._phase, None
        record = phase.record(self.epoch, self.step - 1) if phase is not None else None
        if phase is None or record is None:
            return
        if metrics:
            record["loss"] = metrics.get("loss", record.get("loss"))
            record["metrics"].update({k: v for k, v in metrics.items() if k != "loss"})
        if self.defer and metrics is None:
            self._deferred = record
        else:
            self._write(record)
        self._write_profile(phase.split)

    def _flush(self) -> None:
        """Writes the evaluation that waited for the program's own metrics."""
        record, self._deferred = self._deferred, None
        if record is not None:
            self._write(record)

    def _evaluated(self, split: str, metrics: dict[str, float], epoch: int | None, mode: str | None) -> None:
        known = {k: float(v) for k, v in metrics.items() if isinstance(v, (int, float))}
        waiting = self._deferred if self._deferred is not None and self._deferred["split"] == split else {}
        if waiting:
            self._deferred = None
        record = {
            "type": "epoch",
            "epoch": self.epoch if epoch is None else epoch,
            "step": max(0, self.step - 1),
            "split": split,
            **waiting,
        }
        record["loss"] = known.pop("loss", record.get("loss"))
        record["metrics"] = {**record.get("metrics", {}), **known}
        self._write({**record, "mode": mode or record.get("mode")})

    @careful
    def _end_phase_carefully(self) -> None:
        self._end_phase()

    def _write_profile(self, *splits: str) -> None:
        for split in splits:
            profile = self.splits.profiles.get(split)
            if profile is not None and split not in self._profiled:
                self._profiled.add(split)
                record = profile.record(self.splits.profiles.get("train"))
                if record is not None:
                    self._write(record)

    def _write(self, record: dict[str, Any]) -> None:
        if not self._headed:
            self._head()
        self.writer.write(record)

    def _head(self) -> None:
        """The records that come first: run, config, model."""
        self._headed = True
        calls, inputs, self._first_calls, self._first_inputs = self._first_calls, self._first_inputs, [], None
        call = losses.main_of(calls)
        tokens = inputs is not None and not inputs.is_floating_point()
        task, classes = losses.task_of(call, tokens) if call else (None, None)
        framework, version = self.framework or ("pytorch", "")
        self.writer.of_rank(processes()[0])
        self.writer.write(run_record(self.name, task, classes, self.view.parameters(), framework, version))
        config: dict[str, Any] = {"type": "config"}
        if self.optimizers:
            config["optimizer"] = optimizer_settings(self._primary())
        if self.given_loss is not None:
            config["loss"] = {"name": getattr(self.given_loss, "__name__", type(self.given_loss).__name__)}
        if call is not None:
            config["loss"] = {
                "name": " + ".join(dict.fromkeys(c.name for c in calls)),
                "expects": call.expects,
                "reduction": call.reduction,
                **config.get("loss", {}),
            }
        config.update(self.splits.settings(inputs), epochs=names.planned_epochs(), precision=self._precision, seed=seed())
        rates = [m.p for _, m in self.view.leaves if isinstance(m, nn.modules.dropout._DropoutNd)]
        config.update(dropout=max(rates) if rates else None, environment=environment())
        self.writer.write({**config, **self.extra})
        if self.view.roots:
            self.writer.write(self.view.record(self.optimizers, call.activation if call else self._activation))

    # ---- trouble ----------------------------------------------------------------------------------------------------------------

    def _loss_broke(self) -> None:
        self._broken = True
        watch = self._watch or LayerWatch(self.view, self._guarded)
        arguments, self._arguments = self._arguments, None
        alone = processes()[1] == 1  # else a forward pass may wait for those of other processes
        if arguments is not None and not self.compiled and not watch.activations and alone:
            trouble.replay(self.view, *arguments, watch)
        self._watch = watch
        self._tell_trouble("non-finite-loss", trouble.origin(self.view, watch, trouble.not_finite(self._inputs)))

    def _gradients_broke(self) -> None:
        self._broken = True
        bad = trouble.last_bad_gradient(self.view, self.view.order)
        self._tell_trouble("non-finite-gradient", {"direction": "backward", "layer": bad, "operator": self.view.kinds.get(bad or "")})

    def _tell_trouble(self, kind: str, where: dict[str, Any]) -> None:
        """Writes the ring, says where it began, and has the next steps recorded in full."""
        for record in self._ring.unwritten():
            self._write(fetch(record))
        record: dict[str, Any] = {"type": "trouble", "step": self.step, "epoch": self.epoch, "kind": kind, **where}
        if self._inputs is not None:
            record["batch"] = fetch(batch_record(self._inputs, self._calls[-1] if self._calls else None))
        self._write(record)
        self._recorded = True
        self.sampler.urgent(self.step)
