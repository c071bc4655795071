"""For each experiment a faulty model of Keras that it catches and a sound one that it passes."""

import os

import numpy as np
import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
keras = pytest.importorskip("keras")
if keras.backend.backend() != "torch":
    pytest.skip("the experiments need the PyTorch backend", allow_module_level=True)

import torch  # noqa: E402

from aitia.checks.keras import check  # noqa: E402

layers = keras.layers
STEPS = 60


def data(n=256):
    rng = np.random.default_rng(5)
    x = rng.normal(size=(n, 8)).astype("float32")
    return x, (x @ rng.normal(size=(8, 3))).argmax(1)


def dense(*inner, last="softmax", units=3):
    keras.utils.set_random_seed(2)
    return keras.Sequential([keras.Input((8,)), *(inner or (layers.Dense(32, activation="relu"),)), layers.Dense(units, activation=last)])


def compiled(model=None, loss="sparse_categorical_crossentropy", lr=0.01, x=None, y=None):
    model = model or dense()
    model.compile(keras.optimizers.Adam(lr), loss)
    given = data()
    return model, given[0] if x is None else x, given[1] if y is None else y, {}


def regression(y=None, loss="mse"):
    x, _ = data()
    return compiled(dense(layers.Dense(16, activation="relu"), last=None, units=1), loss, x=x, y=x[:, :1] if y is None else y)


def half_optimized():
    model, x, y, _ = compiled()
    optimizer = keras.optimizers.Adam(0.01)
    optimizer.build(model.layers[-1].trainable_variables)
    return model, x, y, {"optimizer": optimizer}


@keras.saving.register_keras_serializable()
class Mixing(layers.Layer):
    """Subtracts the mean of the batch, along the wrong axis."""

    def call(self, x):
        return x - keras.ops.mean(x, axis=0, keepdims=True)


@keras.saving.register_keras_serializable()
class Detached(layers.Layer):
    def call(self, x):
        return keras.ops.stop_gradient(x)


@keras.saving.register_keras_serializable()
class Blind(layers.Layer):
    """Passes on a constant in place of its input."""

    def call(self, x):
        return keras.ops.ones_like(x)


GENERATOR = np.random.default_rng()


@keras.saving.register_keras_serializable()
class Unseeded(layers.Layer):
    def call(self, x):
        return x + torch.from_numpy(GENERATOR.normal(size=8)).float()


def dead():
    return dense(layers.Dense(16, activation="relu", bias_initializer=keras.initializers.Constant(-100.0)))


def stale_batch_norm():
    stale = layers.BatchNormalization(momentum=1.0, moving_variance_initializer=keras.initializers.Constant(1e-4))
    return dense(layers.Dense(16), stale, layers.Activation("relu"))


def summed(y, p):
    return keras.ops.sum(keras.losses.sparse_categorical_crossentropy(y, p))


def divided(y, p):
    return keras.ops.mean(keras.losses.sparse_categorical_crossentropy(y, p)) / keras.ops.shape(p)[0]


class Batches(keras.utils.PyDataset):
    """Batches whose labels are moved by so many rows."""

    def __init__(self, moved):
        super().__init__()
        self.moved = moved

    def __len__(self):
        return 8

    def __getitem__(self, i):
        x, y = data()
        rows = slice(32 * i, 32 * i + 32)
        return x[rows], np.roll(y[rows], self.moved)


def loaded(moved):
    model, x, y, _ = compiled()
    return model, x, y, {"loader": Batches(moved)}


def halved(factor):
    """Computes in half precision, with values on the way that are so many times as large."""
    inner = [layers.Dense(32, activation="relu", dtype="mixed_float16"), layers.Rescaling(factor, dtype="mixed_float16")]
    return compiled(dense(*inner, layers.Rescaling(1 / factor, dtype="mixed_float16")))


@keras.saving.register_keras_serializable()
class RandomOrder(layers.Layer):
    """Puts the columns of each batch in an order of its own."""

    def call(self, x, training=False):
        return x[:, torch.randperm(8)] if training else x


@keras.saving.register_keras_serializable()
class RandomShift(layers.Layer):
    """Adds a little to each value."""

    def call(self, x, training=False):
        return x + 0.05 * torch.randn_like(x) if training else x


def augmented(layer):
    return *compiled(dense(layer, layers.Dense(32, activation="relu")))[:3], {"validation": data()}


CASES = [
    ("optimizer-holds-all", half_optimized, "no", compiled, "yes"),
    ("loss-shapes-agree", lambda: regression(y=data()[0][:, :3]), "no", regression, "yes"),
    ("first-loss", lambda: compiled(dense(layers.Rescaling(1e4))), "far-above", compiled, "as-guessing"),
    ("loss-reduction", lambda: compiled(loss=summed), "summed", compiled, "mean-once"),
    ("loss-reduction", lambda: compiled(loss=divided), "divided-again", compiled, "mean-once"),
    ("gradients-after-first-backward", lambda: compiled(dense(layers.Dense(8), Detached())), "absent", compiled, "normal"),
    ("gradients-after-first-backward", lambda: compiled(dead()), "exactly-zero", compiled, "normal"),
    ("depends-on-other-samples", lambda: compiled(dense(Mixing())), "yes", compiled, "no"),
    ("seeds", lambda: compiled(dense(Unseeded())), "not-repeatable", compiled, "unknown"),
    ("overfits-one-batch", lambda: compiled(dense(Blind())), "no", compiled, "yes"),
    ("zero-inputs", lambda: compiled(dead()), "yes", compiled, "no"),
    ("shuffled-inputs", lambda: compiled(y=np.random.default_rng(1).integers(0, 3, 256)), "same", compiled, "worse"),
    ("train-eval-modes-differ", lambda: compiled(stale_batch_norm()), "evaluation-worse", compiled, "alike"),
    ("learning-rate-finder", lambda: compiled(lr=1e-7), "below", compiled, "inside"),
    ("learning-rate-finder", lambda: compiled(lr=50.0), "above", compiled, "inside"),
    ("loader-equals-set", lambda: loaded(1), "no", lambda: loaded(0), "yes"),
    ("fp32-run", lambda: halved(1e6), "yes", lambda: halved(1.0), "no"),
    ("augmentation-off", lambda: augmented(RandomOrder()), "yes", lambda: augmented(RandomShift()), "no"),
]


def result(name, parts, **options):
    model, x, y, more = parts
    return check(model, x, y, only=[name], steps=STEPS, **{**more, **options})[name]


@pytest.mark.parametrize(("name", "faulty", "wrong", "sound", "right"), CASES)
def test_a_faulty_model_is_caught_and_a_sound_one_passes(name, faulty, wrong, sound, right):
    caught, passed = result(name, faulty()), result(name, sound())
    assert (caught.result, caught.state) == (wrong, "fault"), caught
    assert (passed.result, passed.state) == (right, "sound"), passed


def test_labels_in_random_order_are_learned_by_nobody():
    passed = result("shuffled-labels", compiled(), validation=data(512))
    assert (passed.result, passed.state) == ("no", "sound")


def test_a_metric_that_looks_at_the_answers_is_caught():
    caught = result(
        "shuffled-labels", compiled(), validation=data(512), metric=lambda output, target: float((target == target).float().mean())
    )
    assert (caught.result, caught.state) == ("yes", "fault")


def test_model_and_random_numbers_are_as_they_were():
    model, x, y, _ = compiled(dense(layers.Dense(16), layers.BatchNormalization(), layers.Dropout(0.2)))
    model.fit(x, y, epochs=1, verbose=0)
    before = [w.copy() for w in model.get_weights()], [np.array(v) for v in model.optimizer.variables], torch.get_rng_state()
    check(model, x, y, steps=10)
    assert all(np.array_equal(a, b) for a, b in zip(before[0], model.get_weights(), strict=True))
    assert all(np.array_equal(a, np.array(b)) for a, b in zip(before[1], model.optimizer.variables, strict=True))
    assert torch.equal(before[2], torch.get_rng_state())
