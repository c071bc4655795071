import numpy as np
import keras
from keras import layers
from sklearn.datasets import fetch_20newsgroups

newsgroups = fetch_20newsgroups(subset="all", remove=("headers", "footers"))
seed = 1337
rng = np.random.RandomState(seed)
order = rng.permutation(len(newsgroups.data))
samples = [newsgroups.data[i] for i in order]
labels = newsgroups.target[order]
n_val = int(0.2 * len(samples))
vectorizer = layers.TextVectorization(max_tokens=20000, output_sequence_length=200)
vectorizer.adapt(samples[:-n_val])
x_train = vectorizer(np.array([[s] for s in samples[:-n_val]])).numpy()
x_val = vectorizer(np.array([[s] for s in samples[-n_val:]])).numpy()
y_train, y_val = labels[:-n_val], labels[-n_val:]
matrix = np.load("glove100.npy")
embedding = layers.Embedding(matrix.shape[0], 100, trainable=False, weights=[matrix])
inputs = keras.Input(shape=(None,), dtype="int64")
x = embedding(inputs)
x = layers.Conv1D(128, 5, activation="relu")(x)
x = layers.MaxPooling1D(5)(x)
x = layers.Conv1D(128, 5, activation="relu")(x)
x = layers.GlobalMaxPooling1D()(x)
x = layers.Dense(128, activation="relu")(x)
x = layers.Dropout(0.5)(x)
preds = layers.Dense(20, activation="softmax")(x)
model = keras.Model(inputs, preds)
model.compile(loss="sparse_categorical_crossentropy", optimizer="rmsprop", metrics=["acc"])
model.fit(x_train, y_train, batch_size=128, epochs=20, validation_data=(x_val, y_val))
