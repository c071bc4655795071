import mindspore as ms
from mindspore import nn
from mindspore.dataset import GeneratorDataset
from mindspore.train import Accuracy, Model, TimeMonitor, LossMonitor
from mindnlp.transformers import BertForSequenceClassification, BertTokenizer

ms.set_seed(100)
tokenizer = BertTokenizer.from_pretrained("bert-base-chinese")


class SentimentDataset:
    def __init__(self, path):
        self.labels, self.texts = [], []
        with open(path, encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                label, text = line.rstrip("\n").split("\t")
                self.labels.append(int(label))
                self.texts.append(text)

    def __getitem__(self, index):
        ids = tokenizer(self.texts[index], padding="max_length", truncation=True, max_length=64)["input_ids"]
        return ids, self.labels[index]

    def __len__(self):
        return len(self.labels)


def make(path, training):
    data = GeneratorDataset(SentimentDataset(path), ["ids", "label"], shuffle=not training)
    return data.batch(32, drop_remainder=training)


train_set, dev_set = make("train.tsv", True), make("dev.tsv", False)
network = BertForSequenceClassification.from_pretrained("bert-base-chinese", num_labels=2)
warmup = nn.WarmUpLR(2e-5, 200)
optimizer = nn.AdamWeightDecay(network.trainable_params(), learning_rate=warmup, weight_decay=0.01)
loss = nn.CrossEntropyLoss()
trainer = Model(network, loss_fn=loss, optimizer=optimizer, metrics={"acc": Accuracy()}, amp_level="O1")
trainer.train(3, train_set, callbacks=[TimeMonitor(), LossMonitor(50)])
print(trainer.eval(dev_set))
