package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aitia.observation.measure.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways of writing that are correct and look like a fault. */
class CorrectIdiomsTest {
  @TempDir Path folder;

  private List<String> found(String script) throws IOException {
    return Scripts.findings(folder, script).stream()
        .filter(o -> o.measure().unit().equals("flag"))
        .filter(o -> !o.measure().id().contains("seed"))
        .map(o -> o.measure().id() + " " + o.source())
        .toList();
  }

  @Test
  void stepThatIsGivenItsGradients() throws IOException {
    assertThat(
            found(
                """
                import mindspore as ms
                from mindspore import nn, ops
                net = nn.Dense(4, 2)
                loss_fn = nn.MSELoss()
                opt = nn.SGD(net.trainable_params(), learning_rate=0.1)
                for x, y in loader:
                    loss = loss_fn(net(x), y)
                    opt(gradients(x, y))
                """))
        .isEmpty();
  }

  @Test
  void weightsThatAreMovedByHand() throws IOException {
    assertThat(
            found(
                """
                import tensorflow as tf
                from tensorflow import keras
                a = tf.Variable(0.0)
                mse = keras.losses.MeanSquaredError()
                unused = keras.optimizers.Adam()
                for epoch in range(100):
                    with tf.GradientTape() as tape:
                        cost = mse(a * x, y)
                    grads = tape.gradient(cost, [a])
                    a.assign_sub(grads[0] * 0.1)
                """))
        .isEmpty();
  }

  @Test
  void partsOfOneDataSet() throws IOException {
    String script =
        """
        import tensorflow as tf
        from tensorflow import keras
        data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(100)
        train = data.take(80).batch(8)
        held = data.%s.batch(8)
        model = keras.Sequential([keras.layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(train, epochs=3, validation_data=%s)
        """;
    assertThat(found(script.formatted("skip(80)", "held"))).isEmpty();
    assertThat(found(script.formatted("skip(80)", "train")))
        .containsExactly("script-evaluates-training-set train.py:8");
  }

  @Test
  void partsOfADataSetThatWasPutTogether() throws IOException {
    assertThat(
            found(
                """
                import tensorflow as tf
                a = tf.data.Dataset.from_tensor_slices(x).batch(8)
                b = tf.data.Dataset.from_tensor_slices(y).batch(8)
                both = tf.data.Dataset.zip((a, b))
                shown = both.take(3)
                print(shown.element_spec)
                """))
        .isEmpty();
  }

  @Test
  void whatIsReadFromTheFilesOfAListing() throws IOException {
    String script =
        """
        import os, torch
        names = [os.path.join("a", f) for f in os.listdir("a")]
        masks = os.listdir("b")
        %s
        """;
    assertThat(found(script.formatted("pairs = zip(names, masks)")))
        .containsExactly("script-pairs-by-listing train.py:4");
    assertThat(
            found(
                script.formatted(
                    "for f in os.listdir('a'):\n    b = torch.load(f)\n    c = zip(b[0], b[1])")))
        .isEmpty();
  }

  @Test
  void whatMindSporesDropoutKeeps() throws IOException {
    String script = "from mindspore import nn\nlayer = nn.Dropout(%s)\n";
    assertThat(rate(script.formatted("0.9"))).isCloseTo(0.1, WITHIN);
    assertThat(rate(script.formatted("keep_prob=0.8"))).isCloseTo(0.2, WITHIN);
    assertThat(rate(script.formatted("p=0.9"))).isEqualTo(0.9);
    assertThat(rate("from torch import nn\nlayer = nn.Dropout(0.9)\n")).isEqualTo(0.9);
  }

  private static final org.assertj.core.data.Offset<Double> WITHIN =
      org.assertj.core.api.Assertions.within(1e-12);

  private double rate(String script) throws IOException {
    return Scripts.findings(folder, script).stream()
        .filter(o -> o.measure().id().equals("script-dropout-rate"))
        .mapToDouble(Observation::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void weightsOfAConverter() throws IOException {
    String script =
        """
        import torch, torchvision
        net = torchvision.models.resnet18()
        net.load_state_dict(torch.load("a.pth"), strict=False)
        %s
        """;
    assertThat(found(script.formatted("torch.save(net.state_dict(), 'b.pth')"))).isEmpty();
    assertThat(found(script.formatted("net.eval()\nprint(net(image))")))
        .containsExactly("script-loads-in-part train.py:3");
  }

  @Test
  void phasesOfOneLoop() throws IOException {
    assertThat(
            found(
                """
                import torch
                from torchvision import models
                model = models.vgg16(pretrained=True)
                loss_func = torch.nn.CrossEntropyLoss()
                optimizer = torch.optim.Adam(model.classifier.parameters(), lr=1e-5)
                for epoch in range(5):
                    for phase in ["train", "valid"]:
                        if phase == "train":
                            model.train(True)
                        else:
                            model.train(False)
                        for x, y in dataloader[phase]:
                            y_pred = model(x)
                            optimizer.zero_grad()
                            loss = loss_func(y_pred, y)
                            if phase == "train":
                                loss.backward()
                                optimizer.step()
                """))
        .isEmpty();
  }

  @Test
  void partsCalledByAnotherMethod() throws IOException {
    String script =
        """
        import torch
        from torch import nn
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.body = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Dropout(0.5))
                self.head = nn.Linear(8, 2)
            def logits(self, x):
                return self.head(self.body(x))
        model = Net()
        optimizer = torch.optim.Adam(model.parameters())
        for epoch in range(5):
            model.train()
            for x, y in train_loader:
                optimizer.zero_grad()
                nn.functional.cross_entropy(model.logits(x), y).backward()
                optimizer.step()
            %s
            with torch.no_grad():
                for x, y in val_loader:
                    model.logits(x).argmax(1)
        """;
    assertThat(found(script.formatted("model.eval()"))).isEmpty();
    assertThat(found(script.formatted("pass")))
        .containsExactly("script-evaluates-in-train-mode train.py:9");
  }

  @Test
  void optimizersOfStages() throws IOException {
    String script =
        """
        import torch
        from torch import nn
        body = nn.Linear(8, 8)
        head = nn.Linear(8, 2)
        def train(optimizer):
            for epoch in range(5):
                for x, y in loader:
                    optimizer.zero_grad()
                    nn.functional.cross_entropy(head(body(x)), y).backward()
                    optimizer.step()
        train(torch.optim.Adam(list(head.parameters()) + list(body.parameters()), lr=1e-3))
        train(torch.optim.Adam(list(head.parameters()) + list(body.parameters()), lr=1e-4))
        """;
    assertThat(found(script)).isEmpty();
  }

  @Test
  void optimizerOfALossOfBothNetworks() throws IOException {
    assertThat(
            found(
                """
                import itertools, torch
                from torch import nn
                G = nn.Sequential(nn.Linear(64, 784), nn.Tanh())
                D = nn.Linear(784, 11)
                opt_g = torch.optim.Adam(G.parameters())
                opt_d = torch.optim.Adam(D.parameters())
                opt_info = torch.optim.Adam(itertools.chain(G.parameters(), D.parameters()))
                for real in loader:
                    opt_g.zero_grad()
                    D(G(z)).pow(2).mean().backward()
                    opt_g.step()
                    opt_d.zero_grad()
                    D(real).pow(2).mean().backward()
                    opt_d.step()
                    opt_info.zero_grad()
                    nn.functional.cross_entropy(D(G(z)), code).backward()
                    opt_info.step()
                """))
        .isEmpty();
  }

  @Test
  void namesMadeOfOneListing() throws IOException {
    String script =
        """
        import os
        from sklearn.preprocessing import LabelEncoder
        names = os.listdir("a")
        codes = LabelEncoder().fit_transform(names)
        %s
        """;
    assertThat(found(script.formatted("print(dict(zip(names, codes)))"))).isEmpty();
    assertThat(found(script.formatted("print(dict(zip(names, os.listdir('b'))))")))
        .containsExactly("script-pairs-by-listing train.py:5");
  }

  @Test
  void modelThatIsCompiledAnew() throws IOException {
    assertThat(
            found(
                """
                from tensorflow import keras
                (x, y), (xt, yt) = keras.datasets.reuters.load_data()
                hot = keras.utils.to_categorical(y)
                model = keras.Sequential([keras.layers.Dense(46, activation="softmax")])
                model.compile("adam", "categorical_crossentropy")
                model.fit(x, hot)
                model.compile("adam", "sparse_categorical_crossentropy")
                """))
        .isEmpty();
  }

  @Test
  void countsOfWhatWasRight() throws IOException {
    assertThat(
            found(
                """
                import torch
                def training_step(x, y, mask):
                    acc = (x[mask].argmax(dim=-1) == y[mask]).sum().float() / mask.sum()
                    return acc
                df = read()
                z = (df - df.mean()) / df.std()
                """))
        .isEmpty();
  }

  @Test
  void gradientOfALossThatIsNotFollowed() throws IOException {
    assertThat(
            found(
                """
                import torch
                from torch import nn
                from models import judge
                E, G = nn.Linear(8, 8), nn.Linear(8, 8)
                opt_e = torch.optim.Adam(E.parameters())
                opt_g = torch.optim.Adam(G.parameters())
                for x in loader:
                    opt_e.zero_grad()
                    opt_g.zero_grad()
                    loss = G(x).pow(2).mean() + judge(x)
                    loss.backward(retain_graph=True)
                    opt_e.step()
                    opt_g.step()
                """))
        .isEmpty();
  }
}
