import numpy as np
from sklearn.model_selection import train_test_split
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.utils import to_categorical

keras.utils.set_random_seed(812)
table = np.genfromtxt("sonar.csv", delimiter=",")
x, y = table[:, :60], table[:, 60].astype(int)
x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.25, random_state=2, stratify=y)
norm = layers.Normalization()
norm.adapt(x_train)
net = keras.Sequential([
    norm,
    layers.Dense(48, activation="relu"),
    layers.Dropout(0.25),
    layers.Dense(2, activation="softmax"),
])
net.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9), loss="categorical_crossentropy", metrics=["accuracy"])
net.fit(x_train, to_categorical(y_train, 2), epochs=60, batch_size=16, validation_data=(x_val, to_categorical(y_val, 2)), verbose=2)
probabilities = net.predict(x_val)
print("accuracy", np.mean(np.argmax(probabilities, axis=1) == y_val))
