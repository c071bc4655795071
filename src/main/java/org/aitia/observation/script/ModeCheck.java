package org.aitia.observation.script;

/** The mode the model is in: training and evaluation differ for dropout and batch normalisation. */
final class ModeCheck implements Check {
  @Override
  public void look(Trace trace, Loops loops) {
    for (Event forward : trace.events(Event.Kind.FORWARD)) {
      Value model = forward.subject();
      if (!forward.site().inLoop() || !Modules.noisy(model) || !trace.trained(model)) {
        continue;
      }
      if (loops.trains(forward)) {
        training(forward, trace);
      } else if (evaluation(forward)) {
        evaluation(forward, trace);
      }
    }
  }

  /** A forward pass over held-out batches, not of noise or of something made up. */
  private static boolean evaluation(Event forward) {
    for (Value input : forward.arguments().all()) {
      if (input.flow.batchOf() != null) {
        return true;
      }
    }
    return forward.arguments().all().isEmpty() && !forward.site().gradient();
  }

  private static void training(Event forward, Trace trace) {
    boolean back = forward.site().gradient() && "eval".equals(forward.mode()) && forward.again();
    boolean used =
        back
            && trace.events(Event.Kind.BACKWARD).stream()
                .anyMatch(
                    b ->
                        b.site().within(forward.site().loops())
                            && b.subject().flow.through().contains(forward.subject()));
    boolean once =
        trace.events(Event.Kind.MODE).stream()
            .anyMatch(m -> m.subject() == forward.subject() && m.arguments().at(0).isText("train"));
    if (used && once) {
      trace.find("script-trains-in-eval-mode", forward.site());
    }
  }

  private static void evaluation(Event forward, Trace trace) {
    Value model = forward.subject();
    Value flag = forward.arguments().get("training");
    String framework = framework(model);
    if (framework.equals("keras")) {
      if (flag != null && Boolean.TRUE.equals(flag.truth())) {
        trace.find("script-evaluates-in-train-mode", forward.site());
      }
      return;
    }
    boolean training =
        "train".equals(forward.mode())
            || "default".equals(forward.mode())
                && framework.equals("torch")
                && !model.leaf().equals("from_pretrained");
    if (training && !model.escaped) {
      trace.find("script-evaluates-in-train-mode", forward.site());
    }
  }

  static String framework(Value model) {
    if (model.is(Value.Kind.OBJECT)) {
      Value base = Modules.libraryBase(model);
      return base == null ? "" : Names.framework(base.name);
    }
    return Names.framework(model.name);
  }
}
