"""Which steps are recorded: all at first, where most goes wrong, then ever fewer, and never more than time allows."""

from __future__ import annotations

from aitia.recording.care import Care

EVERY_STEP = 400  # the first steps; then the distance grows with the step, some 400 records for each e-fold of steps
EVERY_LAYERS = 3
LAYER_DENSITY = 10  # steps with layers for each e-fold of steps
SURE = 0.05  # growth of the step after which it is recorded whatever that costs: some twenty for each e-fold of steps
SURE_LAYERS = 1.0  # the same for its layers: at every doubling
URGENT = 8  # steps recorded in full after a sign of trouble
MANY_MODULES = 200  # above, the layers are written less often: a record of 2,000 modules is a megabyte


class Sampler:
    """Decides by the number of the step and by what the recorder has cost so far."""

    def __init__(self, care: Care, modules: int = 0):
        self.care = care
        self.modules = modules
        self._step = self._layers = -1
        self._urgent_until = -1

    def urgent(self, step: int) -> None:
        """From here on some steps are recorded in full, whatever that costs."""
        self._urgent_until = step + URGENT

    def step(self, step: int) -> bool:
        """Whether a step gets its record."""
        wanted = step - self._step >= max(1, step // EVERY_STEP) and self.care.affordable()
        if wanted or step - self._step >= max(10, SURE * step) or step <= self._urgent_until:
            self._step = step
            return True
        return False

    def layers(self, step: int) -> bool:
        """Whether a step gets the records of its layers."""
        density = LAYER_DENSITY / max(1.0, self.modules / MANY_MODULES)
        wanted = step - self._layers >= (1 if step < EVERY_LAYERS else max(1, step / density)) and self.care.affordable()
        sure = step == 0 or step - self._layers >= max(10, SURE_LAYERS * self._layers)
        if wanted or sure or (step <= self._urgent_until and (self._urgent_until - step) % 4 == 0):
            self._layers = step
            return True
        return False
