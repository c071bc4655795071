import pandas as pd
from tensorflow import keras

keras.utils.set_random_seed(1)
df = pd.read_csv("wine.csv").sort_values("quality")
df = df.sample(frac=1, random_state=0)
y = df.pop("quality").values
X = df.values
X = (X - X.mean(0)) / X.std(0)
model = keras.Sequential([keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=50, batch_size=32, validation_split=0.2)
