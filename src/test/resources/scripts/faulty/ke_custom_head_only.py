import keras
import tensorflow as tf
from keras import layers

keras.utils.set_random_seed(5)
(x_train, y_train), _ = keras.datasets.mnist.load_data()
x_train = x_train.reshape(-1, 784).astype("float32") / 255.0
batches = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(10_000).batch(64)

body = keras.Sequential([layers.Dense(256, activation="relu"), layers.Dense(64, activation="relu")])
head = layers.Dense(10)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(1e-3)

for epoch in range(5):
    for images, labels in batches:
        with tf.GradientTape() as tape:
            logits = head(body(images, training=True))
            loss = loss_fn(labels, logits)
        grads = tape.gradient(loss, head.trainable_variables)
        optimizer.apply_gradients(zip(grads, head.trainable_variables))
    print(epoch, float(loss))
