import argparse
import os

import mindspore.dataset as ds
import mindspore.dataset.vision as CV
import mindspore.nn as nn
from mindspore import Model, context, load_checkpoint, load_param_into_net, set_seed
from mindspore.common.initializer import Normal
from mindspore.dataset.transforms import TypeCast
from mindspore.train import Accuracy, CheckpointConfig, LossMonitor, ModelCheckpoint
from mindspore import dtype as mstype

set_seed(1)


def create_dataset(data_path, batch_size=32, repeat_size=1):
    mnist_ds = ds.MnistDataset(data_path)
    resize_op = CV.Resize((32, 32))
    rescale_op = CV.Rescale(1.0 / 255.0, 0.0)
    rescale_nml_op = CV.Rescale(1 / 0.3081, -1 * 0.1307 / 0.3081)
    hwc2chw_op = CV.HWC2CHW()
    mnist_ds = mnist_ds.map(operations=TypeCast(mstype.int32), input_columns="label")
    mnist_ds = mnist_ds.map(operations=[resize_op, rescale_op, rescale_nml_op, hwc2chw_op], input_columns="image")
    mnist_ds = mnist_ds.shuffle(buffer_size=10000)
    mnist_ds = mnist_ds.batch(batch_size, drop_remainder=True)
    return mnist_ds.repeat(repeat_size)


class LeNet5(nn.Cell):
    def __init__(self, num_class=10, num_channel=1):
        super(LeNet5, self).__init__()
        self.conv1 = nn.Conv2d(num_channel, 6, 5, pad_mode="valid")
        self.conv2 = nn.Conv2d(6, 16, 5, pad_mode="valid")
        self.fc1 = nn.Dense(16 * 5 * 5, 120, weight_init=Normal(0.02))
        self.fc2 = nn.Dense(120, 84, weight_init=Normal(0.02))
        self.fc3 = nn.Dense(84, num_class, weight_init=Normal(0.02))
        self.relu = nn.ReLU()
        self.max_pool2d = nn.MaxPool2d(kernel_size=2, stride=2)
        self.flatten = nn.Flatten()

    def construct(self, x):
        x = self.max_pool2d(self.relu(self.conv1(x)))
        x = self.max_pool2d(self.relu(self.conv2(x)))
        x = self.flatten(x)
        x = self.relu(self.fc1(x))
        x = self.relu(self.fc2(x))
        return self.fc3(x)


def main():
    parser = argparse.ArgumentParser(description="MindSpore LeNet")
    parser.add_argument("--device_target", type=str, default="CPU", choices=["Ascend", "GPU", "CPU"])
    args = parser.parse_args()
    context.set_context(mode=context.GRAPH_MODE, device_target=args.device_target)
    net = LeNet5()
    net_loss = nn.SoftmaxCrossEntropyWithLogits(sparse=True, reduction="mean")
    net_opt = nn.Momentum(net.trainable_params(), 0.01, 0.9)
    model = Model(net, net_loss, net_opt, metrics={"accuracy": Accuracy()})
    ckpoint = ModelCheckpoint(prefix="lenet", config=CheckpointConfig(save_checkpoint_steps=1875))
    model.train(1, create_dataset(os.path.join("MNIST", "train")), callbacks=[ckpoint, LossMonitor(125)])
    load_param_into_net(net, load_checkpoint("lenet-1_1875.ckpt"))
    print(model.eval(create_dataset(os.path.join("MNIST", "test")), dataset_sink_mode=False))


if __name__ == "__main__":
    main()
