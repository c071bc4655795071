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
}
