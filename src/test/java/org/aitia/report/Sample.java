package org.aitia.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Readout;
import org.aitia.diagnosis.Sections;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Page;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Step.State;
import org.aitia.knowledge.Text;
import org.aitia.knowledge.Verdict;
import org.aitia.knowledge.Weights;
import org.aitia.knowledge.read.KnowledgeReader;

/** A small knowledge base with the real words, and diagnoses made by hand. */
public final class Sample {
  /** What a hostile file may hold in place of a name. */
  public static final String HOSTILE =
      "a|b `c` <script>alert(1)</script> \u001b[31m\u0007\n"
          + "row2 @someone #12 [x](http://e.vil) \u202Etxt --> end";

  private Sample() {}

  public static Knowledge knowledge() {
    Map<String, Cause> causes = new LinkedHashMap<>();
    causes.put(
        "learning-rate-too-high",
        cause(
            "learning-rate-too-high",
            "hyperparameters",
            "1.hyperparameters",
            "Learning rate too high",
            "学习率过大"));
    causes.put(
        "exploding-gradient",
        cause("exploding-gradient", "numerics", "4a.diverged", "Exploding gradient", "梯度爆炸"));
    causes.put(
        "batch-size-too-small",
        cause(
            "batch-size-too-small",
            "hyperparameters",
            "1.hyperparameters",
            "Batch size too small",
            "批次过小"));
    Map<String, Step> steps = new LinkedHashMap<>();
    step(steps, "1.hyperparameters", "Check the hyperparameters", "检查超参", null);
    step(steps, "4.loss", "Check the loss curve", "检查loss曲线", null);
    step(steps, "4a.diverged", "The loss diverged", "loss跑飞", "4.loss");
    step(steps, "5a.train", "Accuracy on the training set", "训练集精度", null);
    Map<String, Check> checks = new LinkedHashMap<>();
    check(checks, "learning-rate-size", "1.hyperparameters", List.of("config"));
    check(checks, "labels-true", "5a.train", List.of("answers"));
    Weights weights =
        new Weights(
            Map.of(), Map.of(), Map.of(), Map.of("suspicion", 0.5, "plausible", 0.25, "sure", 0.9));
    return new Knowledge(
        "test",
        causes,
        steps,
        Map.of(),
        checks,
        Map.of(),
        KnowledgeReader.compiled().terms(),
        KnowledgeReader.compiled().provisions(),
        weights,
        null,
        null);
  }

  public static Diagnosis faulty(String language) {
    return diagnosis(language, "runs/exp1", "metrics.csv", "conv1");
  }

  public static Diagnosis hostile() {
    return diagnosis("en", HOSTILE, HOSTILE, HOSTILE);
  }

  static Diagnosis healthy(String language) {
    Diagnosis d = faulty(language);
    boolean zh = language.equals("zh");
    return new Diagnosis(
        d.source(),
        language,
        "test",
        Verdict.HEALTHY,
        zh ? "未发现问题：这次训练看起来是健康的。" : "Nothing wrong was found: the run looks healthy.",
        List.of(),
        d.ruledOut(),
        d.notChecked(),
        d.notApplicable(),
        d.provide(),
        List.of(),
        d.observations(),
        d.tree(),
        List.of(),
        d.questions(),
        d.files(),
        d.read(),
        d.curves(),
        null,
        null,
        List.of(),
        List.of(),
        sections(zh));
  }

  /** The faulty run with other curves. */
  public static Diagnosis with(List<Diagnosis.Curve> curves) {
    Diagnosis d = faulty("en");
    return new Diagnosis(
        d.source(),
        d.language(),
        d.knowledge(),
        d.verdict(),
        d.summary(),
        d.causes(),
        d.ruledOut(),
        d.notChecked(),
        d.notApplicable(),
        d.provide(),
        d.symptoms(),
        d.observations(),
        d.tree(),
        d.actions(),
        d.questions(),
        d.files(),
        d.read(),
        curves,
        null,
        null,
        List.of(),
        List.of(),
        d.sections());
  }

  private static Diagnosis diagnosis(String language, String source, String file, String layer) {
    boolean zh = language.equals("zh");
    String name = zh ? "学习率过大" : "Learning rate too high";
    String grew =
        (zh ? "梯度范数增长到起始值的 130 倍，层 " : "the gradient norm grew 130-fold in layer ") + layer;
    String lost = zh ? "损失从第 120 步起为 NaN 或无穷" : "the loss is NaN or infinite from step 120 on";
    return new Diagnosis(
        source,
        language,
        "test",
        Verdict.FAULTY,
        zh ? "最可能的原因：学习率过大（91 %）。" : "Most likely cause: Learning rate too high (91 %).",
        List.of(
            new Diagnosis.Cause(
                "learning-rate-too-high",
                name,
                "hyperparameters",
                0.913,
                "1.hyperparameters",
                zh
                    ? "步长太大，每次更新都越过极小值，权重被抛离原位，网络往往就此损坏、无法恢复。"
                    : "The steps overshoot the minimum, throw the weights far off and often destroy"
                        + " the network for good.",
                List.of("learning-rate-too-high", "exploding-gradient", "loss-not-finite"),
                List.of(
                    new Diagnosis.Evidence(
                        "learning-rate-too-high: the gradient grows",
                        grew,
                        4.2,
                        List.of("o1", "o2")),
                    new Diagnosis.Evidence(
                        "learning-rate-too-high: the loss breaks", lost, 2.4, List.of("o2"))),
                List.of(
                    new Diagnosis.Evidence(
                        "not learning-rate-too-high: usual rate",
                        zh ? "学习率（0.01）在常用范围内" : "the learning rate (0.01) is usual",
                        1,
                        List.of()))),
            new Diagnosis.Cause(
                "batch-size-too-small",
                zh ? "批次过小" : "Batch size too small",
                "hyperparameters",
                0.21,
                "1.hyperparameters",
                "-",
                List.of("batch-size-too-small"),
                List.of(),
                List.of())),
        List.of(
            new Diagnosis.RuledOut(
                "exploding-gradient",
                zh ? "梯度爆炸" : "Exploding gradient",
                zh ? "梯度范数平稳" : "the gradient norm is calm")),
        List.of(
            new Diagnosis.NotChecked(
                "labels-true",
                zh ? "标签是真实的。" : "The labels are true.",
                zh ? "你的回答" : "your answer",
                zh ? "人工检查50个标签。" : "Check 50 labels by eye.")),
        List.of(),
        List.of(
            new Diagnosis.Provide(
                "answers",
                zh ? "你的回答" : "your answers",
                zh ? "逐个回答提问。" : "Answer what is asked.",
                "minutes",
                List.of("labels-true"),
                0)),
        List.of(
            new Diagnosis.Symptom("loss-not-finite", "high", lost, List.of("o2"), null),
            new Diagnosis.Symptom("gradient-grew", "medium", grew, List.of("o1"), null)),
        List.of(
            new Diagnosis.Observation(
                "o1",
                "gradient",
                "gradient-growth",
                130.0,
                "ratio",
                null,
                new Diagnosis.Place(null, 119.0, layer),
                new Diagnosis.Source(file, "grad_norm"),
                null),
            new Diagnosis.Observation(
                "o2",
                "loss",
                "first-non-finite-step",
                120.0,
                "step",
                layer,
                new Diagnosis.Place("train", 120.0, null),
                new Diagnosis.Source(file, "train_loss"),
                null),
            new Diagnosis.Observation(
                "o3",
                "loss",
                "loss-peak",
                "Infinity",
                null,
                null,
                new Diagnosis.Place(null, null, null),
                null,
                null)),
        List.of(
            new Diagnosis.StepState(
                "1.hyperparameters", zh ? "检查超参" : "Check the hyperparameters", State.SUSPECT),
            new Diagnosis.StepState("4.loss", zh ? "检查loss曲线" : "Check the loss curve", State.OPEN),
            new Diagnosis.StepState(
                "4a.diverged", zh ? "loss跑飞" : "The loss diverged", State.CLEAR),
            new Diagnosis.StepState(
                "5a.train", zh ? "训练集精度" : "Accuracy on the training set", State.WAITING)),
        List.of(
            new Diagnosis.Action(
                "confirm-learning-rate-too-high",
                "1.hyperparameters",
                "learning-rate-too-high",
                zh
                    ? "把学习率降到十分之一，从头训练一个 epoch，调用 `optimizer.step()`。"
                    : "Train one epoch with a tenth of the rate, calling `optimizer.step()`.",
                "minutes"),
            new Diagnosis.Action(
                "repair-learning-rate-too-high",
                "1.hyperparameters",
                "learning-rate-too-high",
                zh ? "降低学习率后重新训练。" : "Lower the rate and train again.",
                "retrain")),
        List.of(
            new Diagnosis.Question(
                "first-nan",
                zh ? "第一个 NaN 出现在哪里？" : "Where is the first NaN?",
                zh ? "只有第一处能说明原因。" : "Only the first place names the cause.",
                zh ? "逐层检查。" : "Check layer by layer.",
                "choice",
                List.of("learning-rate-too-high"),
                "minutes")),
        List.of(
            new Diagnosis.File(
                file, "metrics-csv", "partial", zh ? "第 130 行被截断" : "cut off in line 130"),
            new Diagnosis.File("notes.bin", null, "skipped", null)),
        new Readout(
            List.of(new Readout.Line("loss", file, "train", "loss", "step", 130, 2.3, Double.NaN)),
            List.of(
                new Readout.File(
                    file, "metrics-csv", "part", zh ? "第 130 行被截断" : "cut off in line 130"))),
        List.of(
            new Diagnosis.Curve(
                "loss",
                "train",
                steps(40),
                curve(40),
                List.of(new Diagnosis.Mark(20, "loss-not-finite"))),
            new Diagnosis.Curve(
                "loss",
                "validation",
                steps(5),
                new double[] {2.3, 2.1, 2.2, Double.NaN, Double.POSITIVE_INFINITY},
                List.of()),
            new Diagnosis.Curve(
                layer, "validation", steps(5), new double[] {0.1, 0.2, 0.2, 0.1, 0.1}, List.of())),
        null,
        null,
        List.of(),
        List.of(),
        sections(zh));
  }

  private static Sections sections(boolean zh) {
    return new Sections(
        new Sections.Keep(
            "loss",
            "validation",
            "epoch",
            5,
            new Sections.At(1, 2.1),
            new Sections.At(4, Double.POSITIVE_INFINITY),
            null,
            null,
            "best",
            zh ? "保留最佳的一份（第 1 轮）。" : "keep the best, epoch 1"),
        new Sections.Pace(
            0.4,
            null,
            null,
            "medium",
            List.of(zh ? "每步有 40 % 的时间在等待数据" : "40 % of the time waits for data"),
            null),
        new Sections.Crash(
            "stopped-for-memory",
            zh ? "显存不足" : "the run ended for lack of memory",
            "CUDA out of memory",
            null,
            List.of(zh ? "批次大小减半。" : "Halve the batch size.", zh ? "用 bf16。" : "Use bf16.")));
  }

  public static double[] steps(int n) {
    double[] steps = new double[n];
    for (int i = 0; i < n; i++) {
      steps[i] = i;
    }
    return steps;
  }

  private static double[] curve(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = i < 20 ? 2.3 * Math.exp(i / 3.0) : Double.NaN;
    }
    return values;
  }

  private static Cause cause(String id, String family, String step, String en, String zh) {
    return new Cause(
        id,
        family,
        step,
        "common",
        List.of(),
        List.of(),
        false,
        Cost.MINUTES,
        Cost.RETRAIN,
        new Page(en, "-", "-", "-", ""),
        new Page(zh, "-", "-", "-", ""));
  }

  private static void step(
      Map<String, Step> steps, String id, String en, String zh, String parent) {
    steps.put(id, new Step(id, new Text(en, zh), new Text("-", "-"), parent, List.of()));
  }

  private static void check(Map<String, Check> checks, String id, String step, List<String> needs) {
    checks.put(
        id,
        new Check(
            id,
            step,
            List.of("learning-rate-too-high"),
            needs,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Text(id, id),
            new Text("-", "-")));
  }
}
