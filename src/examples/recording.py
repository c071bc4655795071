"""The recorder of the Python package in a loop that does by hand what frameworks do: it scales losses, changes gradients, makes updates of its own."""

import contextlib
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "python"))

import aitia


def unhurried(recorder):
    """Records by the number of the step alone: a run made twice is to have the same record."""
    recorder.care.affordable = lambda: True
    return recorder


class Scaler:
    """As much of a GradScaler as a recorder asks for."""

    def __init__(self, scale):
        self.scale = scale

    def get_scale(self):
        return self.scale


class Recording:
    """Records one run of `training.run_torch`."""

    def __init__(self, path, name, config, model, optimizer, scale=None):
        self.session = unhurried(aitia.record(model, optimizer, path=path, name=name, config=config))
        self.session.defer = True  # the figures of evaluations are the program's own
        self.optimizer = optimizer
        self.scaler = Scaler(scale)
        self.session.open()
        self.evaluation, self.log, self.end_epoch = self.session.evaluation, self.session.log, self.session.end_epoch

    def scaled(self, loss, scaled):
        self.session.on_scaled(self.scaler, loss, scaled)

    def tampered(self):
        """What is in the gradients now is what the update gets."""
        self.session.on_gradients()

    @contextlib.contextmanager
    def update(self, skipped):
        """Around an update, which may be none of the optimizer's."""
        step = self.session.step
        if not skipped:
            self.session.on_update(self.optimizer)
        yield
        if skipped:
            self.session.on_scaler_step(self.scaler, self.optimizer)
        elif self.session.step == step:
            self.session.on_updated(self.optimizer)

    def end(self, stopped):
        self.session.close(KeyboardInterrupt() if stopped else None)
