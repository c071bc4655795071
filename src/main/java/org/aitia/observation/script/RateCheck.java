package org.aitia.observation.script;

/** Hyperparameters written into the script: measured here, judged by the thresholds. */
final class RateCheck implements Check {
  @Override
  public void look(Trace trace, Loops loops) {
    for (Value made : trace.made()) {
      if (Names.optimizer(made)) {
        rate(made, trace);
      }
      if (made.leaf().equals("TrainingArguments") && made.site != null) {
        note("script-finetuning-rate", made.made.get("learning_rate"), 1, made.site, trace);
      }
    }
    boolean only = !trace.has(Event.Kind.BACKWARD) && !trace.has(Event.Kind.FIT);
    trace.events(Event.Kind.LOAD).stream()
        .filter(
            l ->
                only
                    && l.arguments().get("strict", 1) != null
                    && Boolean.FALSE.equals(l.arguments().get("strict", 1).truth()))
        .forEach(l -> trace.find("script-loads-in-part", l.site()));
  }

  private static void rate(Value optimizer, Trace trace) {
    Arguments made = optimizer.made;
    Value rate =
        made.get("lr") != null
            ? made.get("lr")
            : made.get("learning_rate", optimizer.name.startsWith("keras") ? 0 : 1);
    if (rate == null || optimizer.site == null) {
      return;
    }
    boolean tuned = optimizer.roots.stream().anyMatch(r -> r.leaf().equals("from_pretrained"));
    if (Names.ADAPTIVE.contains(optimizer.leaf())) {
      note(
          tuned ? "script-finetuning-rate" : "script-adaptive-rate",
          rate,
          1,
          optimizer.site,
          trace);
    } else if (Names.PLAIN.contains(optimizer.leaf())) {
      Value momentum = made.get("momentum", 2);
      double kept = momentum == null || !(momentum.number() < 1) ? 0 : momentum.number();
      note("script-sgd-rate", rate, 1 / (1 - kept), optimizer.site, trace);
    }
  }

  private static void note(String what, Value rate, double gain, Site site, Trace trace) {
    if (rate != null) {
      trace.find(what, site, rate.number() * gain);
    }
  }
}
