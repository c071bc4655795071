import os, cv2, numpy as np
from tensorflow import keras

keras.utils.set_random_seed(1)
images, labels = [], []
for i, name in enumerate(sorted(os.listdir("data"))):
    for f in os.listdir(os.path.join("data", name)):
        img = cv2.resize(cv2.imread(os.path.join("data", name, f)), (64, 64))
        images.append(img / 255.0)
        labels.append(i)
images = np.array(images)
labels = np.array(labels)
p = np.random.default_rng(0).permutation(len(images))
images, labels = images[p], labels[p]
model = keras.Sequential([keras.layers.Conv2D(16, 3, activation="relu"), keras.layers.Flatten(), keras.layers.Dense(4, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(images, labels, epochs=20, validation_split=0.2)
