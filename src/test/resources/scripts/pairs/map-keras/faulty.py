import tensorflow as tf
import tensorflow_datasets as tfds

tf.random.set_seed(1)
(ds_train, ds_test), info = tfds.load("mnist", split=["train", "test"], shuffle_files=True, as_supervised=True, with_info=True)

def normalize_img(image, label):
    return tf.cast(image, tf.float32) / 255., label

ds_train = ds_train.map(normalize_img, num_parallel_calls=tf.data.AUTOTUNE)
ds_train = ds_train.cache().shuffle(info.splits["train"].num_examples).batch(128).prefetch(tf.data.AUTOTUNE)
ds_test = ds_test.batch(128).cache().prefetch(tf.data.AUTOTUNE)  # finds: script-scaled-in-one-split

model = tf.keras.models.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28, 1)),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dense(10),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.001), loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(ds_train, epochs=6, validation_data=ds_test)
