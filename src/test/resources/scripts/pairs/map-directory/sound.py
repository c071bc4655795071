import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(3)
train_ds = tf.keras.utils.image_dataset_from_directory("flowers/train", image_size=(180, 180), batch_size=32, seed=3)
val_ds = tf.keras.utils.image_dataset_from_directory("flowers/val", image_size=(180, 180), batch_size=32, shuffle=False)
rescale = layers.Rescaling(1. / 255)
train_ds = train_ds.map(lambda x, y: (rescale(x), y))
val_ds = val_ds.map(lambda x, y: (rescale(x), y))
model = tf.keras.Sequential([layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(5)])
model.compile("adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train_ds, validation_data=val_ds, epochs=10)
