import mindspore as ms
import mindspore.nn as nn
import mindspore.ops as ops
from tqdm import tqdm

from imdb import load_imdb, lookup_op, pad_op

imdb_train, imdb_test = load_imdb("aclImdb.tar.gz")
imdb_train = imdb_train.map(operations=[lookup_op, pad_op], input_columns=["text"]).shuffle(20000)
imdb_test = imdb_test.map(operations=[lookup_op, pad_op], input_columns=["text"])
imdb_train, imdb_valid = imdb_train.split([0.7, 0.3])
imdb_train = imdb_train.batch(64, drop_remainder=True)
imdb_valid = imdb_valid.batch(64, drop_remainder=True)


class RNN(nn.Cell):
    def __init__(self, vocab_size, embedding_dim, hidden_dim, pad_idx):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=pad_idx)
        self.rnn = nn.LSTM(embedding_dim, hidden_dim, num_layers=2, bidirectional=True, batch_first=True)
        self.dropout = nn.Dropout(p=0.5)
        self.fc = nn.Dense(hidden_dim * 2, 1)

    def construct(self, inputs):
        embedded = self.dropout(self.embedding(inputs))
        _, (hidden, _) = self.rnn(embedded)
        hidden = ops.concat((hidden[-2], hidden[-1]), axis=1)
        return ops.sigmoid(self.fc(self.dropout(hidden)))


model = RNN(400002, 100, 256, 400001)
loss_fn = nn.BCEWithLogitsLoss(reduction="mean")
optimizer = nn.Adam(model.trainable_params(), learning_rate=0.001)


def forward_fn(data, label):
    logits = model(data)
    return loss_fn(logits, label)


grad_fn = ms.value_and_grad(forward_fn, None, optimizer.parameters)


def train_step(data, label):
    loss, grads = grad_fn(data, label)
    optimizer(grads)
    return loss


def train_one_epoch(model, train_dataset, epoch=0):
    model.set_train()
    for data, label in tqdm(train_dataset.create_tuple_iterator()):
        loss = train_step(data, label)
    print("epoch", epoch, loss)


def evaluate(model, test_dataset):
    model.set_train(False)
    right, total = 0, 0
    for data, label in test_dataset.create_tuple_iterator():
        probs = ops.sigmoid(model(data))
        right += ((probs > 0.5).astype(ms.float32) == label).sum().asnumpy()
        total += label.size
    return right / total


best = 0
for epoch in range(5):
    train_one_epoch(model, imdb_train, epoch)
    acc = evaluate(model, imdb_valid)
    if acc > best:
        best = acc
        ms.save_checkpoint(model, "sentiment.ckpt")
