package org.aitia.script.check;

import java.util.List;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** The mode the model is in: training and evaluation differ for dropout and batch normalisation. */
public final class ModeCheck implements ScriptCheck {
  @Override
  public void look(Trace trace, Loops loops) {
    for (Event forward : trace.events(Event.Kind.FORWARD)) {
      Value model = forward.subject();
      if (!forward.site().inLoop() || !loops.parts().noisy(model) || !trace.trained(model)) {
        continue;
      }
      if (loops.trains(forward)) {
        training(forward, trace, loops);
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

  private static void training(Event forward, Trace trace, Loops loops) {
    boolean back = forward.site().gradient() && "eval".equals(forward.mode()) && forward.again();
    boolean used = back && isUsed(forward, trace, loops);
    if (used && isSetToTrain(forward.subject(), trace, loops)) {
      trace.find("script-trains-in-eval-mode", forward.site());
    }
  }

  /** Whether a gradient is taken through it, before the model is set to another mode. */
  private static boolean isUsed(Event forward, Trace trace, Loops loops) {
    List<Event> events = trace.events();
    for (int i = loops.place(forward, events) + 1; i < events.size(); i++) {
      loops.work(1);
      Event later = events.get(i);
      if (later.kind() == Event.Kind.MODE && later.subject() == forward.subject()) {
        return false;
      }
      if (later.kind() == Event.Kind.BACKWARD
          && later.site().within(forward.site().loops())
          && later.subject().flow.through().contains(forward.subject())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSetToTrain(Value model, Trace trace, Loops loops) {
    for (Event mode : trace.events(Event.Kind.MODE)) {
      loops.work(1);
      if (mode.subject() == model && mode.arguments().at(0).isText("train")) {
        return true;
      }
    }
    return false;
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
