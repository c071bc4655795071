import numpy as np
import pandas as pd
from keras.layers import LSTM, Dense
from keras.models import Sequential
from sklearn.preprocessing import MinMaxScaler

series = pd.read_csv("airline.csv", usecols=[1]).values.astype("float32")
cut = int(len(series) * 0.67)
scaler = MinMaxScaler(feature_range=(0, 1))
train = scaler.fit_transform(series[:cut])
test = scaler.transform(series[cut:])


def windows(values, look_back=3):
    xs, ys = [], []
    for i in range(len(values) - look_back - 1):
        xs.append(values[i:i + look_back, 0])
        ys.append(values[i + look_back, 0])
    return np.array(xs), np.array(ys)


trainX, trainY = windows(train)
testX, testY = windows(test)
trainX = trainX.reshape((trainX.shape[0], trainX.shape[1], 1))
testX = testX.reshape((testX.shape[0], testX.shape[1], 1))
model = Sequential()
model.add(LSTM(4, batch_input_shape=(1, 3, 1), stateful=True))
model.add(Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
for _ in range(100):
    model.fit(trainX, trainY, epochs=1, batch_size=1, verbose=2, shuffle=False)
    model.reset_states()
predicted = scaler.inverse_transform(model.predict(testX, batch_size=1))
