"""Writes the Keras models of this folder, with Keras 3.15 on PyTorch: small, seeded, of known faults and of none.

    python keras_models.py FOLDER
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
from keras import layers

OUT = sys.argv[1]


def save(name, inputs, outputs, loss, x, y, optimizer="adam", epochs=3):
    keras.utils.set_random_seed(1)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer, loss)
    model.fit(x, y, epochs=epochs, verbose=0)
    model.save(os.path.join(OUT, name))
    return model


rng = np.random.default_rng(3)
table = rng.normal(size=(64, 12)).astype("float32")
classes = rng.integers(0, 3, 64)
ones = (table[:, :1] > 0).astype("float32")
logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def chain(*stack):
    start = keras.Input((12,), name="table")
    value = start
    for layer in stack:
        value = layer(value)
    return start, value


# faults
save("no-activations.keras", *chain(layers.Dense(16), layers.Dropout(0.1), layers.Dense(16), layers.BatchNormalization(), layers.Dense(3)), logits, table, classes)
save("sigmoid-and-logits.keras", *chain(layers.Dense(16, "relu"), layers.Dense(1, "sigmoid")), keras.losses.BinaryCrossentropy(from_logits=True), table, ones)
save("softmax-over-batch.keras", *chain(layers.Dense(16, "relu"), layers.Dense(3), layers.Softmax(axis=0)), "sparse_categorical_crossentropy", table, classes)
save("zeros.keras", *chain(layers.Dense(16, "relu", kernel_initializer="zeros"), layers.Dense(16, "relu", kernel_initializer="zeros"), layers.Dense(3, kernel_initializer="zeros")), logits, table, classes)
save("frozen-head.keras", *chain(layers.Dense(16, "relu"), layers.Dense(3, trainable=False)), logits, table, classes)

# none
start = keras.Input((12,), name="table")
value = layers.Dense(32, "relu")(start)
shared = layers.Dense(8, "relu", name="shared")
gate = layers.Dense(32, "sigmoid")(layers.Dense(2, "relu", name="squeeze")(value))
value = layers.Multiply()([value, gate])
value = layers.Add()([shared(value), shared(layers.Dropout(0.1)(value))])
save("healthy-branches.keras", start, layers.Dense(3)(value), logits, table, classes)

images = rng.normal(size=(16, 16, 16, 3)).astype("float32")
start = keras.Input((16, 16, 3))
value = layers.Conv2D(8, 3, padding="same", use_bias=False)(start)
value = layers.ReLU()(layers.BatchNormalization()(value))
wide = layers.Conv2D(32, 1, use_bias=False)(value)
deep = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(layers.ReLU(6.0)(wide))
thin = layers.Conv2D(8, 1, use_bias=False)(layers.ReLU(6.0)(layers.BatchNormalization()(deep)))
value = layers.Add()([value, layers.BatchNormalization()(thin)])
value = layers.Conv2D(6, 1)(value)  # a linear bottleneck
value = layers.Conv2D(32, 1, activation="relu")(value)
value = layers.GlobalAveragePooling2D()(value)
save("healthy-inverted-residual.keras", start, layers.Dense(3, "softmax")(value), "sparse_categorical_crossentropy", images, rng.integers(0, 3, 16))

words = rng.integers(0, 30, (32, 10))
start = keras.Input((10,), dtype="int32")
value = layers.Embedding(30, 16)(start)
attended = layers.MultiHeadAttention(2, 8)(value, value)
value = layers.LayerNormalization()(value + attended)
value = layers.LayerNormalization()(value + layers.Dense(16)(layers.Dense(32, "gelu")(value)))
save("healthy-transformer.keras", start, layers.Dense(1, "sigmoid")(layers.GlobalAveragePooling1D()(value)), "binary_crossentropy", words, rng.integers(0, 2, (32, 1)))

start = keras.Input((10,), dtype="int32")
value = layers.Bidirectional(layers.LSTM(8))(layers.Embedding(30, 16)(start))
save("healthy-lstm.keras", start, layers.Dense(1)(value), keras.losses.BinaryCrossentropy(from_logits=True), words, rng.integers(0, 2, (32, 1)))

# two snapshots: the first layer is not trained, or everything is
def snapshots(folder, frozen):
    os.makedirs(os.path.join(OUT, folder), exist_ok=True)
    start, value = chain(layers.Dense(24, "relu", name="first"), layers.Dense(3, name="last"))
    model = keras.Model(start, value)
    if frozen:
        model.get_layer("first").trainable = False
    model.compile("adam", logits)
    for epoch in (1, 4):
        model.fit(table, classes, epochs=epoch, verbose=0)
        model.save_weights(os.path.join(OUT, folder, f"epoch-{epoch:02d}.weights.h5"))


snapshots("snapshots-still", True)
snapshots("snapshots-moving", False)

# one item of a model file each, in the forms that show it: an archive, HDF5, JSON alone
unbent = chain(layers.Dense(16), layers.Dense(16), layers.Dense(3))
tilted = chain(layers.Dense(16, "relu"), layers.Dense(1, "sigmoid"))
across = chain(layers.Dense(16, "relu"), layers.Dense(3), layers.Softmax(axis=0))
frozen = chain(layers.Dense(16, "relu"), layers.Dense(3, trainable=False))
single = chain(layers.Dense(16, "relu"), layers.Dense(1, "softmax"))
fed = keras.Input((12,), name="fed"), keras.Input((12,), name="unfed")


def described(name, start, value):
    os.makedirs(os.path.dirname(os.path.join(OUT, name)), exist_ok=True)
    with open(os.path.join(OUT, name), "w") as file:
        file.write(keras.Model(start, value).to_json())


def drawn(wide, head="glorot_uniform"):
    hidden = [layers.Dense(32, "relu", kernel_initializer=wide) for _ in range(2)]
    return chain(*hidden, layers.Dense(3, kernel_initializer=head))


save("drawn-too-wide.keras", *drawn(keras.initializers.RandomNormal(stddev=3.0)), logits, table, classes)
save("drawn-too-wide.h5", *drawn(keras.initializers.RandomUniform(-4, 4)), logits, table, classes)
described("drawn-too-narrow.json", *drawn(keras.initializers.TruncatedNormal(stddev=1e-4)))
described("drawn-constant.json", *drawn("ones"))
save("drawn-constant.h5", *drawn(keras.initializers.Constant(0.1)), logits, table, classes)
save("no-activations.h5", *unbent, logits, table, classes)
described("no-activations.json", *unbent)
save("sigmoid-and-logits.h5", *tilted, keras.losses.BinaryCrossentropy(from_logits=True), table, ones)
save("softmax-over-one.keras", *single, "binary_crossentropy", table, ones)
save("softmax-over-batch.h5", *across, "sparse_categorical_crossentropy", table, classes)
described("softmax-over-batch.json", *across)
described("frozen-head.json", *frozen)
save("nearly-all-dropped.keras", *chain(layers.Dense(16, "relu"), layers.Dropout(0.9), layers.Dense(3)), logits, table, classes)
described("dropped-behind-head.json", *chain(layers.Dense(16, "relu"), layers.Dense(3), layers.Dropout(0.3)))
described("normalised-behind-head.json", *chain(layers.Dense(16, "relu"), layers.Dense(3), layers.BatchNormalization()))
described("input-unused.json", list(fed), layers.Dense(3)(layers.Dense(16, "relu")(fed[0])))
described("many-weights/model.json", *chain(layers.Dense(256, "relu"), layers.Dense(256, "relu"), layers.Dense(3)))
described("healthy-few-weights/model.json", *chain(layers.Dense(16, "relu"), layers.Dense(3)))
for folder in ("many-weights", "healthy-few-weights"):
    with open(os.path.join(OUT, folder, "data.run.jsonl"), "w") as file:
        profile = {"samples": 120, "shape": [12], "mean": 0.0, "std": 1.0, "min": -3.1, "max": 3.2, "labels": {"0": 41, "1": 38, "2": 41}}
        file.write('{"type": "run", "schema": "run-record/1", "framework": "keras", "task": "classification"}\n')
        file.write(json.dumps({"type": "data", "split": "train", **profile}) + "\n")
described("narrow.json", *chain(layers.Dense(16, "relu"), layers.Dense(1, "relu"), layers.Dense(3)))

# what training leaves behind when it goes wrong
for name, number in (("huge.keras", 1e6), ("not-a-number.h5", np.nan)):
    model = keras.Model(*chain(layers.Dense(16, "relu"), layers.Dense(3)))
    model.layers[1].kernel.assign(np.where(np.arange(192).reshape(12, 16) == 7, number, 0.1 * rng.normal(size=(12, 16))))
    model.save(os.path.join(OUT, name))


# numbers cut on their way
start = keras.Input((12,), name="table")
whole = keras.ops.cast(keras.ops.cast(layers.Rescaling(3.0)(start), "int32"), "float32")
described("cut-to-integers.json", start, layers.Dense(3)(layers.Dense(16, "relu")(whole)))

# none: initialisers that work, though not the usual ones
save("healthy-drawn-uniform.keras", *chain(layers.Dense(12, "relu", kernel_initializer="random_uniform"), layers.Dense(8, "relu", kernel_initializer="random_uniform"), layers.Dense(1, "sigmoid", kernel_initializer="random_uniform")), "binary_crossentropy", table, ones)
save("healthy-zero-head.h5", *drawn("he_normal", head="zeros"), logits, table, classes)
described("healthy-zero-head.json", *drawn("orthogonal", head="zeros"))
described("healthy-wide-but-normalised.json", *chain(layers.Dense(32, use_bias=False, kernel_initializer=keras.initializers.RandomNormal(stddev=3.0)), layers.BatchNormalization(), layers.ReLU(), layers.Dense(3)))
