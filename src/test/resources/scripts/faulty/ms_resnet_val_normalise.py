import mindspore as ms
import mindspore.dataset as ds
import mindspore.dataset.vision as vision
import mindspore.nn as nn
from mindspore import load_checkpoint, load_param_into_net
from mindcv.models import resnet50

ms.set_seed(11)
batch_size, image_size, num_epochs, lr, momentum = 18, 224, 5, 0.001, 0.9


def create_dataset(path, usage):
    data_set = ds.ImageFolderDataset(path, num_parallel_workers=4, shuffle=True)
    mean = [0.485 * 255, 0.456 * 255, 0.406 * 255]
    std = [0.229 * 255, 0.224 * 255, 0.225 * 255]
    if usage == "train":
        trans = [vision.RandomCropDecodeResize(size=image_size, scale=(0.08, 1.0)),
                 vision.RandomHorizontalFlip(prob=0.5), vision.Normalize(mean=mean, std=std), vision.HWC2CHW()]
    else:
        trans = [vision.Decode(), vision.Resize(image_size + 32), vision.CenterCrop(image_size),
                 vision.HWC2CHW()]
    data_set = data_set.map(operations=trans, input_columns="image")
    return data_set.batch(batch_size)


dataset_train = create_dataset("Canidae/train", "train")
dataset_val = create_dataset("Canidae/val", "val")
network = resnet50(pretrained=True)
for param in network.get_parameters():
    if param.name not in ["classifier.weight", "classifier.bias"]:
        param.requires_grad = False
network.classifier = nn.Dense(2048, 2)
opt = nn.Momentum(params=network.trainable_params(), learning_rate=lr, momentum=momentum)
loss_fn = nn.SoftmaxCrossEntropyWithLogits(sparse=True, reduction="mean")


def forward_fn(inputs, targets):
    logits = network(inputs)
    return loss_fn(logits, targets)


grad_fn = ms.value_and_grad(forward_fn, None, opt.parameters)


def train_step(inputs, targets):
    loss, grads = grad_fn(inputs, targets)
    opt(grads)
    return loss


model1 = ms.train.Model(network, loss_fn, opt, metrics={"Accuracy": ms.train.Accuracy()})
best_acc = 0
for epoch in range(num_epochs):
    losses = []
    network.set_train()
    for images, labels in dataset_train.create_tuple_iterator(num_epochs=num_epochs):
        losses.append(train_step(images, labels))
    acc = model1.eval(dataset_val)["Accuracy"]
    print(epoch, sum(losses) / len(losses), acc)
    if acc > best_acc:
        best_acc = acc
        ms.save_checkpoint(network, "best.ckpt")
