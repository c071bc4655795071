package org.aitia.script.check;

import org.aitia.run.word.OptimizerKind;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** Hyperparameters written into the script: measured here, judged by the thresholds. */
public final class RateCheck implements ScriptCheck {
  @Override
  public void look(Trace trace, Loops loops) {
    for (Value made : trace.made()) {
      if (Names.optimizer(made)) {
        rate(made, trace);
      }
      if (made.leaf().equals("TrainingArguments") && made.site != null) {
        trace.find("script-finetuning-rate", made.site, made.made.get("learning_rate"));
      }
    }
    boolean only =
        !trace.has(Event.Kind.BACKWARD)
            && !trace.has(Event.Kind.FIT)
            && (trace.has(Event.Kind.FORWARD) || trace.has(Event.Kind.EVALUATE));
    trace.events(Event.Kind.LOAD).stream()
        .filter(
            l ->
                only
                    && l.arguments().get("strict", 1) != null
                    && Boolean.FALSE.equals(l.arguments().get("strict", 1).truth()))
        .forEach(l -> trace.find("script-loads-in-part", l.site()));
  }

  private static void rate(Value optimizer, Trace trace) {
    Value rate = rate(optimizer);
    if (rate == null || optimizer.site == null || rate.number() == 0) {
      return;
    }
    boolean tuned = optimizer.roots.stream().anyMatch(r -> r.leaf().equals("from_pretrained"));
    if (optimizer.is(OptimizerKind.ADAPTIVE) && !prompts(trace)) {
      trace.find(tuned ? "script-finetuning-rate" : "script-adaptive-rate", optimizer.site, rate);
    } else if (optimizer.is(OptimizerKind.PLAIN)) {
      Value momentum = momentum(optimizer);
      double kept = momentum == null || !(momentum.number() < 1) ? 0 : momentum.number();
      Value effective = Value.constant(rate.number() / (1 - kept));
      effective.soft = rate.soft || momentum != null && momentum.soft;
      trace.find("script-sgd-rate", optimizer.site, effective);
    }
  }

  /** Whether soft prompts are trained, which bear rates of up to 1. */
  private static boolean prompts(Trace trace) {
    return trace.made().stream()
        .anyMatch(
            v -> v.leaf().contains("PromptTuningConfig") || v.leaf().equals("PromptEncoderConfig"));
  }

  /** The learning rate an optimizer is made with; null when none is given. */
  public static Value rate(Value optimizer) {
    Arguments made = optimizer.made;
    return made.get("lr") != null
        ? made.get("lr")
        : made.get("learning_rate", keras(optimizer) ? 0 : 1);
  }

  /** The momentum an optimizer is made with; null when none is given. */
  public static Value momentum(Value optimizer) {
    return optimizer.made.get("momentum", keras(optimizer) ? 1 : 2);
  }

  private static boolean keras(Value optimizer) {
    return optimizer.name.startsWith("keras");
  }
}
