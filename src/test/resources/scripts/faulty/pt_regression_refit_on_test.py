import numpy as np
import pandas as pd
import torch
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
frame = pd.read_csv("housing.csv")
features = frame.drop(columns=["price"]).to_numpy(dtype=np.float32)
prices = frame["price"].to_numpy(dtype=np.float32)
X_train, X_test, y_train, y_test = train_test_split(features, prices, test_size=0.2, random_state=1)

scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.fit_transform(X_test)
y_mean, y_std = y_train.mean(), y_train.std()
y_train = (y_train - y_mean) / y_std

dataset = TensorDataset(torch.tensor(X_train), torch.tensor(y_train).unsqueeze(1))
loader = DataLoader(dataset, batch_size=64, shuffle=True)

regressor = nn.Sequential(
    nn.Linear(X_train.shape[1], 64),
    nn.ReLU(),
    nn.Linear(64, 32),
    nn.ReLU(),
    nn.Linear(32, 1),
)
mse = nn.MSELoss()
opt = torch.optim.Adam(regressor.parameters(), lr=0.001, weight_decay=1e-5)

history = []
for epoch in range(150):
    total = 0.0
    for xb, yb in loader:
        opt.zero_grad()
        loss = mse(regressor(xb), yb)
        loss.backward()
        opt.step()
        total += loss.item() * len(xb)
    history.append(total / len(dataset))

regressor.eval()
with torch.no_grad():
    predicted = regressor(torch.tensor(X_test)).squeeze(1).numpy() * y_std + y_mean
print("R2 on the test set:", r2_score(y_test, predicted))
