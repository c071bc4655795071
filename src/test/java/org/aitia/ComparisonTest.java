package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;

/** Pairs of runs in which one thing differs. */
final class ComparisonTest {
  private static final Source HERE = new Source("test", "x");
  private static final IntToDoubleFunction GOOD = i -> 2.3 * Math.exp(-i / 20.0);
  private static final IntToDoubleFunction FLAT = i -> 2.3 - 1e-4 * i;
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();

  /** A run of 100 steps whose accuracy follows its loss. */
  private static final class Trained {
    private final RunBuilder run;
    private boolean frozen;
    private double rate = 0.05;
    private int seed = 1;
    private IntToDoubleFunction loss = GOOD;

    Trained(String name) {
      run = new RunBuilder(name);
      run.setting(Setting.TASK, "classification", HERE);
      run.setting(Setting.CLASSES, 10L, HERE);
      run.setting(Setting.OPTIMIZER, "SGD", HERE);
      run.setting(Setting.BATCH_SIZE, 32L, HERE);
      run.setting(Setting.LOSS, "CrossEntropyLoss", HERE);
    }

    Trained rate(double value) {
      rate = value;
      return this;
    }

    Trained seed(int value) {
      seed = value;
      return this;
    }

    Trained frozen() {
      frozen = true;
      return this;
    }

    Trained loss(IntToDoubleFunction course) {
      loss = course;
      return this;
    }

    Trained set(Setting setting, Object value) {
      run.setting(setting, value, HERE);
      return this;
    }

    Run build() {
      run.setting(Setting.LEARNING_RATE, rate, HERE);
      run.setting(Setting.SEED, (long) seed, HERE);
      run.model(
          new Model(List.of(layer("body", !frozen), layer("head", true)), 220, -1, "none", HERE));
      for (int i = 0; i < 100; i++) {
        double value = loss.applyAsDouble(i);
        point(Quantity.LOSS, Split.TRAIN, Axis.STEP, i, value);
        if (i % 10 == 9) {
          for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            point(Quantity.LOSS, split, Axis.EPOCH, i, value);
            point(Quantity.ACCURACY, split, Axis.EPOCH, i, Math.exp(-value));
          }
        }
      }
      return run.build();
    }

    private void point(String quantity, Split split, Axis axis, int step, double value) {
      run.point(new SeriesKey(quantity, split, axis), HERE, step, step / 10, value);
    }

    private static Module layer(String name, boolean trains) {
      return new Module(
          name,
          "Linear",
          110,
          trains,
          List.of(10, 10),
          true,
          null,
          1,
          null,
          Double.NaN,
          null,
          Double.NaN);
    }
  }

  private static Diagnosis held(Trained run, Trained reference) {
    return DIAGNOSER
        .examine(run.build(), new Companions(reference.build(), null))
        .diagnose(Language.EN);
  }

  private static List<String> differences(Diagnosis d) {
    return d.reference().differences().stream().map(Diagnosis.Difference::id).toList();
  }

  @Test
  void lowerRateIsTheFirstSuspect() {
    Diagnosis d = held(new Trained("run").rate(5e-5).loss(FLAT), new Trained("good"));
    assertThat(d.reference().state()).isEqualTo("short-of-reference");
    assertThat(differences(d)).containsExactly("rate-below-reference");
    assertThat(d.causes().get(0).id()).isEqualTo("learning-rate-too-low");
    assertThat(d.causes().get(0).supports())
        .anyMatch(e -> e.rule().startsWith("reference: the only difference"));
  }

  @Test
  void frozenModuleIsTheFirstSuspect() {
    Diagnosis d = held(new Trained("run").frozen().loss(FLAT), new Trained("good"));
    assertThat(differences(d)).containsExactly("frozen-unlike-reference");
    assertThat(d.causes().get(0).id()).isEqualTo("wrong-weight-freezing");
  }

  @Test
  void whatDidNoHarmIsNoSuspect() {
    Diagnosis d = held(new Trained("run").rate(0.5), new Trained("good"));
    assertThat(d.reference().state()).isEqualTo("as-good-as-reference");
    assertThat(differences(d)).containsExactly("rate-above-reference");
    assertThat(d.verdict()).isNotEqualTo(Verdict.FAULTY);
    assertThat(d.causes())
        .flatExtracting(Diagnosis.Cause::supports)
        .noneMatch(e -> e.rule().startsWith("reference:"));
  }

  @Test
  void seedsDoNotCount() {
    Diagnosis d = held(new Trained("run").seed(7), new Trained("good"));
    assertThat(differences(d)).isEmpty();
  }

  @Test
  void referenceMayHaveTheProblemToo() {
    Diagnosis d = held(new Trained("run").loss(FLAT), new Trained("bad").loss(FLAT));
    assertThat(d.reference().state()).isEqualTo("reference-short-too");
    assertThat(d.reference().findings())
        .extracting(Diagnosis.Finding::id)
        .contains("curves-together");
  }

  @Test
  void curvesThatPartAfterTheFirstUpdateTellOfIt() {
    Diagnosis d =
        held(new Trained("run").loss(i -> i == 0 ? 2.3 : 2.6 + i * 1e-3), new Trained("good"));
    assertThat(d.reference().findings())
        .extracting(Diagnosis.Finding::id)
        .contains("parts-after-first-update")
        .doesNotContain("parts-at-first-step", "curves-together");
    Diagnosis late =
        held(
            new Trained("run").loss(i -> i < 50 ? GOOD.applyAsDouble(i) : 2.3),
            new Trained("good"));
    assertThat(late.reference().findings())
        .extracting(Diagnosis.Finding::id)
        .contains("parts-later")
        .doesNotContain("parts-after-first-update");
  }

  @Test
  void anotherRecipeAccusesNoSingleSetting() {
    Trained other =
        new Trained("good")
            .set(Setting.WEIGHT_DECAY, 0.1)
            .set(Setting.EPOCHS, 100L)
            .set(Setting.SCHEDULER, "cosine")
            .set(Setting.GRADIENT_CLIP, 1.0);
    Trained run =
        new Trained("run")
            .rate(0.5)
            .loss(FLAT)
            .set(Setting.WEIGHT_DECAY, 0.001)
            .set(Setting.EPOCHS, 10L)
            .set(Setting.SCHEDULER, "step")
            .set(Setting.GRADIENT_CLIP, 50.0);
    Diagnosis d = held(run, other);
    assertThat(d.reference().findings())
        .extracting(Diagnosis.Finding::id)
        .contains("many-differences");
    assertThat(d.causes())
        .flatExtracting(Diagnosis.Cause::supports)
        .noneMatch(e -> e.rule().startsWith("reference: a difference"));
  }

  @Test
  void repairIsSeen() {
    Run before = new Trained("before").rate(5e-5).loss(FLAT).build();
    Diagnosis d =
        DIAGNOSER
            .examine(new Trained("now").build(), new Companions(null, before))
            .diagnose(Language.EN);
    assertThat(d.previous().verdict()).isEqualTo(Verdict.FAULTY);
    assertThat(d.previous().changes())
        .extracting(Diagnosis.Change::of)
        .containsExactly("learning-rate");
    assertThat(d.previous().changes().get(0).text()).contains("the previous run");
    assertThat(d.previous().causes().fixed())
        .extracting(Diagnosis.Item::id)
        .contains("learning-rate-too-low");
    assertThat(d.previous().symptoms().fixed()).isNotEmpty();
    assertThat(d.previous().causes().remaining()).isEmpty();
  }

  @Test
  void repairThatChangedNothingIsSaid() {
    Run before = new Trained("before").rate(5e-5).loss(FLAT).build();
    Diagnosis d =
        DIAGNOSER
            .examine(new Trained("now").rate(5e-5).loss(FLAT).build(), new Companions(null, before))
            .diagnose(Language.EN);
    assertThat(d.previous().changes()).isEmpty();
    assertThat(d.previous().causes().remaining())
        .extracting(Diagnosis.Item::id)
        .contains("learning-rate-too-low");
    assertThat(d.previous().symptoms().fixed()).isEmpty();
    assertThat(d.previous().summary()).contains("changed nothing");
  }
}
