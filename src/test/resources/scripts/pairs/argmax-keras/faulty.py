import tensorflow as tf
tf.random.set_seed(1)
def custom_loss(y_true, y_pred):
    return tf.reduce_mean(tf.square(tf.cast(tf.argmax(y_pred, axis=1), tf.float32) - tf.cast(y_true, tf.float32)))  # finds: script-loss-on-argmax
model = tf.keras.Sequential([tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(4, activation="softmax")])
model.compile(optimizer="adam", loss=custom_loss)
model.fit(x_train, y_train, epochs=20, validation_data=(x_val, y_val))
