import pandas as pd
import tensorflow as tf
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras import Input, Model, layers, regularizers

tf.random.set_seed(5)
frame = pd.read_csv("claims.csv")
numbers = frame[["age", "mileage", "power"]].values
region = frame["region_id"].values
claimed = frame["claimed"].values

n_tr, n_te, r_tr, r_te, c_tr, c_te = train_test_split(numbers, region, claimed, test_size=0.25, stratify=claimed)
scaler = MinMaxScaler().fit(n_tr)
n_tr, n_te = scaler.transform(n_tr), scaler.transform(n_te)

num_in = Input(shape=(3,), name="numbers")
reg_in = Input(shape=(1,), name="region")
x = layers.Dense(32, activation="relu", kernel_regularizer=regularizers.l2(1e-4))(num_in)
e = layers.Flatten()(layers.Embedding(50, 8)(reg_in))
h = layers.Concatenate()([x, e])
h = layers.Dense(32)(h)
h = layers.BatchNormalization()(h)
h = layers.Activation("relu")(h)
h = layers.Dropout(0.3)(h)
out = layers.Dense(1, activation="softmax")(h)
model = Model(inputs=[num_in, reg_in], outputs=out)
model.compile(
    optimizer=tf.keras.optimizers.Adam(learning_rate=1e-3),
    loss="binary_crossentropy",
    metrics=[tf.keras.metrics.AUC(name="auc")],
)
stop = tf.keras.callbacks.EarlyStopping(monitor="val_auc", mode="max", patience=6, restore_best_weights=True)
model.fit([n_tr, r_tr], c_tr, validation_split=0.2, epochs=80, batch_size=256, callbacks=[stop])
print(model.evaluate([n_te, r_te], c_te))
