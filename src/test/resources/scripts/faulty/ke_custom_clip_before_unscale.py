import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(6)
keras.mixed_precision.set_global_policy("mixed_float16")
(x_train, y_train), _ = keras.datasets.cifar10.load_data()
x_train = x_train.astype("float32") / 255.0
batches = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(10_000).batch(256)
model = keras.Sequential([
    layers.Conv2D(32, 3, activation="relu"), layers.Flatten(), layers.Dense(10, dtype="float32")])
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.SGD(0.1, momentum=0.9))

for epoch in range(20):
    for images, labels in batches:
        with tf.GradientTape() as tape:
            loss = loss_fn(labels, model(images, training=True))
            scaled = optimizer.get_scaled_loss(loss)
        grads = tape.gradient(scaled, model.trainable_variables)
        grads, _ = tf.clip_by_global_norm(grads, 1.0)
        grads = optimizer.get_unscaled_gradients(grads)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print(epoch, float(loss))
