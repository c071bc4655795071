import keras
import tensorflow as tf
from keras import layers

tags = 19
train = tf.data.TFRecordDataset("scenes-train.tfrecord")
valid = tf.data.TFRecordDataset("scenes-valid.tfrecord")
spec = {"image": tf.io.FixedLenFeature([], tf.string), "tags": tf.io.FixedLenFeature([tags], tf.float32)}


def parse(record):
    row = tf.io.parse_single_example(record, spec)
    image = tf.image.resize(tf.io.decode_jpeg(row["image"], channels=3), (96, 96)) / 255.0
    return image, row["tags"]


def augment(image, labels):
    return tf.image.random_flip_left_right(image), labels


train = train.map(parse).map(augment).shuffle(2048).batch(64).prefetch(2)
valid = valid.map(parse).batch(64)
net = keras.Sequential([
    keras.Input((96, 96, 3)),
    layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Conv2D(64, 3, activation="relu"), layers.GlobalMaxPooling2D(),
    layers.Dense(tags, activation="sigmoid"),
])
net.compile("adam", "binary_crossentropy", metrics=[keras.metrics.AUC(multi_label=True)])
net.fit(train, validation_data=valid, epochs=30,
        callbacks=[keras.callbacks.ReduceLROnPlateau(patience=3), keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True)])
