import keras
import numpy as np
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(1)
x, y = load_digits(return_X_y=True)
x = x.astype("float32") / 16.0
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=0)

inputs = keras.Input(shape=(64,), name="digits")
h = layers.Dense(64, activation="relu", name="dense_1")(inputs)
h = layers.Dense(64, activation="relu", name="dense_2")(h)
outputs = layers.Dense(10, activation="softmax", name="predictions")(h)
model = keras.Model(inputs=inputs, outputs=outputs)
model.compile(
    optimizer=keras.optimizers.RMSprop(learning_rate=1e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(),
    metrics=[keras.metrics.SparseCategoricalAccuracy()],
)
history = model.fit(x_train, y_train, batch_size=64, epochs=15, validation_data=(x_test, y_test), verbose=2)
print(np.round(history.history["val_loss"][-1], 4))
