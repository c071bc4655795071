"""What happens in a training step and in an evaluation, as the model, the loss and the optimizer tell it."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from aitia.pytorch import losses
from aitia.pytorch.account import Account
from aitia.pytorch.data import batch_record, input_of, labels_of
from aitia.pytorch.evaluation import SCORED, Phase
from aitia.pytorch.graph import activation_of
from aitia.pytorch.layers import first_tensor
from aitia.pytorch.losses import Call
from aitia.pytorch.settings import precision
from aitia.pytorch.statistics import fetch, global_norm
from aitia.recording.care import careful

MAX_PROFILED = 1_000_000  # rows of the training split that are counted


class Training(Account):
    """The part of a session that turns steps and evaluations into records."""

    # ---- forward ----------------------------------------------------------------------------------------------------------------

    @careful
    def on_forward(self, root: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """A model is about to be called."""
        inputs = input_of(args, kwargs)
        if self._is_evaluation(root):
            self._evaluate(root, inputs)
            return
        self._train(root, inputs)
        self._forwards += 1
        self._arguments = (root, args, kwargs) if self.replay and not self._broken else None
        if self._precision is None:
            self._precision = precision(next(iter(root.parameters()), None))

    def _train(self, root: nn.Module, inputs: Tensor | None) -> None:
        if self._phase is not None:
            self._end_phase()
        if self._deferred is not None:
            self._flush()
        self._mode = "train" if root.training else "eval"
        if len(self.view.roots) > 1:  # what one network gives another is no batch of the data
            inputs = first_tensor(self.splits.batch)
        self._inputs = None if inputs is None else inputs.data

    def _shown(self, root: nn.Module, inputs: Tensor | None, split: str | None) -> None:
        self._forced = split
        if split is None:
            self._train(root, inputs)
        else:
            self._evaluate(root, inputs)

    def _is_evaluation(self, root: nn.Module) -> bool:
        if self._forced or not torch.is_grad_enabled():
            return True
        if self.splits.fresh and self.splits.trained is not None:
            return self.splits.current is not self.splits.trained and self.splits.name(id(self.splits.current), False) != "train"
        return self._mode_tells and not root.training

    def _evaluate(self, root: nn.Module, inputs: Tensor | None) -> None:
        loader = self.splits.current
        if self._forced:
            key: object = self._forced
            split = self._forced
        elif loader is not None and (self.splits.fresh or (self._phase is not None and self._phase.key == id(loader))):
            key = id(loader)
            split = self.splits.name(key, loader is self.splits.trained)
        else:
            found = self.splits.by_inputs(inputs)
            key = found or "?"
            split = found or self.splits.name(key, False)
        if self._phase is None or self._phase.key != key:
            self._end_phase()
            self._phase = Phase(key, split, "train" if root.training else "eval", torch.is_grad_enabled())
        self._phase.inputs = None if inputs is None else inputs.detach()

    @careful
    def on_output(self, root: nn.Module, args: Any, output: Any) -> None:
        """A model has been called."""
        fresh, self.splits.fresh = self.splits.fresh, False
        phase = self._phase
        if phase is None and not self._headed and (made := first_tensor(output)) is not None:
            self._activation = activation_of(made)
        if phase is None and self.given_loss is not None:
            self._output = None if (made := first_tensor(output)) is None else made.data
        if phase is None or not fresh:
            return
        labels = labels_of(self.splits.batch)
        if labels is None:
            return
        if phase.split not in self._profiled:
            phase.profiled = True
            self.splits.profile(phase.split, phase.inputs, labels, len(labels))
        logits = getattr(output, "logits", None)
        out = logits if isinstance(logits, Tensor) else first_tensor(output)
        if phase.by_loss.batches <= 1 and out is not None and out.ndim == 2 and out.shape[1] > 1 and not labels.is_floating_point():
            if labels.ndim == 1 and len(labels) == len(out):
                hits = (out.detach().argmax(1) == labels.to(out.device)).sum()
                phase.by_labels.add(None, len(out), {"hits": hits, "count": len(out)})

    @careful
    def on_loss(self, function: str, result: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """A loss of PyTorch was called."""
        call = losses.call_of(function, result, args, kwargs)
        if call is not None:
            self._take(call)

    @careful
    def on_given_loss(self, loss: Any, args: tuple[Any, ...], result: Any) -> None:
        """The loss that the user has named was called."""
        if type(loss).__name__ in {name for name, _ in losses.LOSSES.values()} or not isinstance(result, Tensor):
            return
        inside = self._calls[-1] if self._calls else None
        if inside is not None and inside.value.data_ptr() == result.data_ptr():  # one of PyTorch's under another name
            return
        tensors = [a for a in args if isinstance(a, Tensor)]
        if len(tensors) >= 2:
            self._take(self._given(tensors[0], tensors[1], result))

    def _given(self, output: Tensor, target: Tensor, result: Tensor) -> Call:
        name = getattr(self.given_loss, "__name__", type(self.given_loss).__name__)
        activation = self._activation if output.grad_fn is None else activation_of(output)
        return Call(name, None, "mean", output.data, target.data, result.data, activation, result.requires_grad)

    def _unheard(self, tensor: Tensor) -> None:
        """Finds the loss that goes backward where no call of one was heard."""
        call = losses.unheard(tensor)
        labels = labels_of(self.splits.batch) if call is None and self.given_loss is not None else None
        if labels is not None and self._output is not None and len(labels) == len(self._output):
            call = self._given(self._output, labels.to(self._output.device), tensor)
        if call is not None:
            self._calls.append(call)

    def _take(self, call: Call) -> None:
        phase = self._phase
        if phase is not None and (phase.with_graph or not call.graph):
            phase.by_loss.add_call(call)
            if phase.split not in self._profiled and not phase.profiled:
                self.splits.profile(phase.split, phase.inputs, call.target, call.rows)
            phase.call = call
        elif call.graph:
            self._calls.append(call)

    # ---- backward and update ----------------------------------------------------------------------------------------------------

    @careful
    def on_backward(self, tensors: Any) -> None:
        """A backward pass is about to begin."""
        self._updated = False
        tensor = first_tensor(tensors)
        if tensor is None or tensor.numel() != 1:
            return
        if self._phase is not None and self._phase.with_graph:
            if self._phase.call is not None:
                self._calls.append(self._phase.call)
            self._inputs, self._phase, self._mode_tells = self._phase.inputs, None, False
        if self._decided != self.step:
            self._decided = self.step
            self._count_epoch()
            self._recorded = self.sampler.step(self.step)
        if len(self._calls) <= len(self._values):
            self._unheard(tensor)
        value = self._scaled.pop(id(tensor), tensor.data)
        self._values.append(value)
        if self._first_inputs is None and not self._headed:
            self._first_inputs, self._first_calls = self._inputs, list(self._calls)
        if self.splits.current is not None:
            self.splits.trained = self.splits.current
        profile = self.splits.profiles.get("train")
        if "train" not in self._profiled and (profile is None or profile.seen < MAX_PROFILED):
            several = len(self.view.roots) > 1
            target = self._calls[-1].target if self._calls and not several else labels_of(self.splits.batch)
            inputs = self._inputs
            rows = len(inputs) if inputs is not None and inputs.ndim else self._calls[-1].rows if self._calls else 0
            self.splits.profile("train", inputs, target, rows)
        if not self._broken and (value.device.type == "cpu" or self._recorded) and not math.isfinite(value.item()):
            self._loss_broke()

    @careful
    def on_gradients(self) -> None:
        """A backward pass has ended; nothing is clipped or updated yet."""
        if not self.view.calls and self._watch is not None and self._watch.calls:
            self.view.calls = {k: max(1, v // max(1, self._forwards)) for k, v in self._watch.calls.items()}
            self.view.order = list(self._watch.calls)
            self.view.activations = self._watch.functions()
        scale = self._scale or 1.0
        if self._watch is not None:
            self._watch.gradients(scale)
        if self._recorded:
            norm = global_norm([p.grad for p in self.view.parameters() if p.grad is not None])
            self._gradient_norm = None if norm is None else norm / scale
            if norm is not None and self._scale is None and not self._broken and not math.isfinite(norm.item()):
                self._gradients_broke()

    @careful
    def on_update(self, optimizer: Optimizer) -> None:
        """An optimizer is about to change the weights."""
        self._adopt(optimizer)
        self._drop_guesses(optimizer)
        self._elect(optimizer)
        if not self._headed and self._values:
            self._head()
        if self._watch is not None:
            self._watch.before_update(optimizer)

    @careful
    def on_updated(self, optimizer: Optimizer) -> None:
        """An optimizer has changed the weights."""
        self._updated = True
        if not self._headed:  # the backward pass was inside of the update
            self._head()
        self._complete(optimizer, skipped=None if self._scale is None else False)

    @careful
    def on_scaler_step(self, scaler: Any, optimizer: Optimizer) -> None:
        """A step with a scaled loss is over; the optimizer was left out if the gradients had overflowed."""
        if not self._updated:
            self._adopt(optimizer)
            self._elect(optimizer)
            if not self._headed:
                self._head()
            self._complete(optimizer, skipped=True)
        self._updated = False

    def _complete(self, optimizer: Optimizer, skipped: bool | None) -> None:
        if self._watch is not None and not skipped:
            self._watch.after_update()
        values, calls, self._values, self._calls = self._values, self._calls, [], []
        loss = self._loss(values, calls)
        if self._recorded and len(self.optimizers) > 1 and (judged := losses.judged(calls)):
            self._adversaries = True  # right answers of one batch are no accuracy then
            self._other_losses.update(judged)
        if optimizer is not self._primary():
            if loss is not None and any(o is optimizer for o in self.optimizers):
                self._other_losses[self._label(optimizer)] = loss
            return
        record: dict[str, Any] = {"type": "step", "step": self.step, "epoch": self.epoch, "loss": loss}
        record["learning_rate"] = optimizer.param_groups[0].get("lr")
        record["loss_scale"] = self._scale
        record["skipped"] = skipped
        main = losses.main_of(calls)
        scored = main is not None and not self._adversaries and (self._recorded or self._is_scored() or self.care.affordable())
        sums = losses.scores(losses.thinned(main)) if main is not None and scored else {}
        rows = sum(c.rows for c in calls if main is not None and c.name == main.name) or (
            len(self._inputs) if self._inputs is not None and self._inputs.ndim else 1
        )
        self._epoch_totals.add(loss, rows, sums)
        if self._recorded:
            record["gradient_norm"] = self._gradient_norm
            record["metrics"] = {
                **({k: v for k, v in losses.metrics(fetch(sums)).items() if k != "r2"}),
                **self._other_losses,
            }
            if self._inputs is not None:
                record["batch"] = batch_record(self._inputs, main)
            if self._watch is not None:
                record["update_cosine"] = self._watch.cosine()
            record = fetch(record)
            self._write(record)
        elif loss is not None and loss.device.type == "cpu":
            record = fetch(record)
        self._ring.add(record, self._recorded)
        if self._watch is not None:
            for layer in self._watch.records(self.step):
                self._write(layer)
        if isinstance(record["loss"], float) and not self._broken and self._ring.is_spike(record["loss"]):
            self._tell_trouble("spike", {})
        self._next_step()

    def _is_scored(self) -> bool:
        """Whether the batch is one of those spread over the epoch whose outputs are held against their targets in any case."""
        return self._epoch_totals.batches % max(1, self._per_epoch // SCORED) == 0

    def _next_step(self) -> None:
        if self._mode == "train":
            self._mode_tells = True
        self.step += 1
        self._forwards = 0
        self._gradient_norm = None
        self._arguments = self._inputs = self._output = None
        self._scaled.clear()
        self._plan()

    @staticmethod
    def _or_mean(values: list[Tensor], divided: bool) -> Tensor:
        total = torch.stack([v.float().reshape(()) for v in values]).sum()
        return total if divided else total / len(values)

    def _loss(self, values: list[Tensor], calls: list[Call]) -> Tensor | None:
        """The loss of a step: of several backward passes over parts of a batch the mean, of several losses the sum."""
        if len(values) < 2:
            return values[0].reshape(()) if values else None
        if len(calls) == len(values):
            return self._or_mean(values, divided=not losses.agrees(values[0], calls[0].mean()))
        return self._or_mean(values, divided=self._forwards < len(values))
