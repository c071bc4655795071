package org.aitia.observation.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.observation.layer.Net;
import org.aitia.observation.measure.Observation;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every loss with every last activation, from the definitions: what the activation can put out, and
 * what the loss takes.
 *
 * <ul>
 *   <li>Logits are any numbers: what is cut off at zero, held between bounds or normalised already
 *       is none.
 *   <li>Probabilities lie between 0 and 1, those of exclusive classes add up to 1; their logarithms
 *       are at most 0.
 *   <li>A hinge wants scores on both sides of zero, out to 1.
 *   <li>A distance takes anything; for classes it is the wrong measure.
 * </ul>
 */
final class LossTableTest {
  private static final String FITS = ".";

  private static final Map<String, String> PAIRS =
      Map.ofEntries(
          Map.entry("cut", "rectified-logits"),
          Map.entry("bound", "bounded-logits"),
          Map.entry("twice", "softmax-twice"),
          Map.entry("sigtwice", "sigmoid-twice"),
          Map.entry("sigCE", "sigmoid-before-cross-entropy"),
          Map.entry("noprob", "not-probabilities"),
          Map.entry("logprob", "log-probabilities-as-probabilities"),
          Map.entry("ofprob", "likelihood-of-probabilities"),
          Map.entry("oflogit", "likelihood-of-logits"),
          Map.entry("indep", "independent-units-for-exclusive-classes"),
          Map.entry("compete", "competing-units-for-a-binary-loss"),
          Map.entry("one", "softmax-over-one-unit"),
          Map.entry("unit", "one-unit-for-exclusive-classes"),
          Map.entry("many", "one-unit-for-many-classes"),
          Map.entry("half", "half-range-for-a-hinge"),
          Map.entry("sq", "squared-error-for-classes"),
          Map.entry("abs", "absolute-error-for-classes"));

  private static final String[] ACTIVATIONS = {
    "none",
    "relu",
    "relu6",
    "leaky_relu",
    "elu",
    "softplus",
    "sigmoid",
    "log_sigmoid",
    "tanh",
    "softmax",
    "log_softmax"
  };

  /** Loss, what it is said to take, units, classes (0: numbers), then a cell an activation. */
  private static final String TABLE =
      """
      CrossEntropyLoss     logits        10 10 .       cut    cut    .      cut    cut    sigCE    .       bound  twice   .
      CrossEntropyLoss     logits         2  2 .       cut    cut    .      cut    cut    sigCE    .       bound  twice   .
      cross_entropy        probabilities 10 10 noprob  noprob noprob noprob noprob noprob indep    logprob noprob .       logprob
      NLLLoss              -             10 10 oflogit oflogit oflogit oflogit oflogit oflogit ofprob . oflogit ofprob .
      BCEWithLogitsLoss    -              1  2 .       cut    cut    .      cut    cut    sigtwice .       bound  one     one
      BCELoss              -              1  2 noprob  noprob noprob noprob noprob noprob .        logprob noprob one     one
      BCELoss              -              2  2 noprob  noprob noprob noprob noprob noprob .        logprob noprob compete logprob
      CrossEntropyLoss     logits         1  2 unit    cut    cut    unit   cut    cut    sigCE    unit    bound  one     one
      CrossEntropyLoss     logits         1  0 unit    cut    cut    unit   cut    cut    sigCE    unit    bound  one     one
      HingeEmbeddingLoss   -              1  2 .       half   half   .      .      half   half     half    .      one     one
      MSELoss              -              1  0 .       .      .      .      .      .      .        .       .      one     one
      L1Loss               -              1  0 .       .      .      .      .      .      .        .       .      one     one
      MSELoss              -              5  0 .       .      .      .      .      .      .        .       .      .       .
      MSELoss              -              2  2 .       .      .      .      .      .      .        .       .      .       .
      MSELoss              -              3  3 sq      sq     sq     sq     sq     sq     sq       sq      sq     sq      sq
      MSELoss              -              1  3 many    many   many   many   many   many   many     many    many   one     one
      L1Loss               -              2  2 abs     abs    abs    abs    abs    abs    abs      abs     abs    abs     abs
      L1Loss               -             10 10 abs     abs    abs    abs    abs    abs    abs      abs     abs    abs     abs
      """;

  @TestFactory
  Stream<DynamicTest> everyLossWithEveryLastActivation() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : TABLE.lines().toList()) {
      String[] cells = line.trim().split("\\s+");
      assertThat(cells).hasSize(4 + ACTIVATIONS.length);
      IntStream.range(0, ACTIVATIONS.length)
          .forEach(
              i ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          String.join(" ", Arrays.copyOf(cells, 4)) + " " + ACTIVATIONS[i],
                          () -> check(cells, ACTIVATIONS[i], cells[4 + i]))));
    }
    return tests.stream();
  }

  private static void check(String[] row, String activation, String expected) {
    int units = Integer.parseInt(row[2]);
    int classes = Integer.parseInt(row[3]);
    Net net =
        new Net()
            .linear("body", 8, 16)
            .module("act", "ReLU")
            .linear("out", 16, units)
            .output(activation)
            .setting(Setting.LOSS, row[0])
            .setting(Setting.TASK, classes > 0 ? "classification" : "regression");
    if (classes > 0) {
      net.setting(Setting.CLASSES, classes);
    }
    if (!row[1].equals("-")) {
      net.setting(Setting.LOSS_EXPECTS, row[1]);
    }
    Map<String, Observation> found = Net.noted(List.of(new OutputObserver()), net);
    if (expected.equals(FITS)) {
      assertThat(found).containsKey(OutputObserver.FITS.id());
      assertThat(found).doesNotContainKey(OutputObserver.MISMATCH.id());
    } else {
      assertThat(found).containsKey(OutputObserver.MISMATCH.id());
      Observation pair = found.get(OutputObserver.MISMATCH.id());
      assertThat(pair.detail()).isEqualTo(PAIRS.get(expected));
      assertThat(pair.place().layer()).isEqualTo("out");
      assertThat(pair.value()).isBetween(1.0, 3.0);
      assertThat(found).doesNotContainKey(OutputObserver.FITS.id());
      // It is filed under one of its two ends.
      assertThat(found.keySet())
          .containsAnyOf(OutputObserver.ACTIVATION_ODD.id(), OutputObserver.LOSS_ODD.id());
    }
  }
}
