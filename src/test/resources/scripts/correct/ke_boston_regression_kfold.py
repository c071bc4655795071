import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

(train_data, train_targets), (test_data, test_targets) = keras.datasets.boston_housing.load_data()
mean = train_data.mean(axis=0)
train_data -= mean
std = train_data.std(axis=0)
train_data /= std
test_data -= mean
test_data /= std


def build_model():
    model = keras.Sequential([
        layers.Dense(64, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(1),
    ])
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model


k = 4
num_val = len(train_data) // k
scores = []
for i in range(k):
    val_data = train_data[i * num_val:(i + 1) * num_val]
    val_targets = train_targets[i * num_val:(i + 1) * num_val]
    part_data = np.concatenate([train_data[:i * num_val], train_data[(i + 1) * num_val:]], axis=0)
    part_targets = np.concatenate([train_targets[:i * num_val], train_targets[(i + 1) * num_val:]], axis=0)
    model = build_model()
    model.fit(part_data, part_targets, validation_data=(val_data, val_targets), epochs=130, batch_size=16, verbose=0)
    scores.append(model.evaluate(val_data, val_targets, verbose=0)[1])
print(np.mean(scores))
model = build_model()
model.fit(train_data, train_targets, epochs=130, batch_size=16, verbose=0)
print(model.evaluate(test_data, test_targets))
