import os
import numpy as np
import pandas as pd
import tensorflow as tf

df = pd.read_csv("jena_climate.csv").iloc[5::6]
df.pop("Date Time")
n = len(df)
train_df = df[0:int(n * 0.7)]
val_df = df[int(n * 0.7):int(n * 0.9)]
test_df = df[int(n * 0.9):]
train_mean = train_df.mean()
train_std = train_df.std()
train_df = (train_df - train_mean) / train_std
val_df = (val_df - train_mean) / train_std
test_df = (test_df - train_mean) / train_std


def make_dataset(data, shuffle):
    ds = tf.keras.utils.timeseries_dataset_from_array(
        data=np.array(data, dtype=np.float32), targets=None, sequence_length=25, sequence_stride=1,
        shuffle=shuffle, batch_size=32)
    return ds.map(lambda w: (w[:, :24, :], w[:, 24:, 1]))


model = tf.keras.models.Sequential([
    tf.keras.layers.LSTM(32, return_sequences=False),
    tf.keras.layers.Dense(units=1),
])
early = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=2, mode="min")
model.compile(loss=tf.keras.losses.MeanSquaredError(), optimizer=tf.keras.optimizers.Adam(),
              metrics=[tf.keras.metrics.MeanAbsoluteError()])
history = model.fit(make_dataset(train_df, True), epochs=20, validation_data=make_dataset(val_df, False), callbacks=[early])
print(model.evaluate(make_dataset(test_df, False)))
