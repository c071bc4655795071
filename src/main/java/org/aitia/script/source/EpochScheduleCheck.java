package org.aitia.script.source;

import java.util.Optional;
import org.aitia.script.syntax.Expression;
import org.aitia.script.trace.EpochSchedule;

/** Lightning is told to advance a schedule at every step that is counted in epochs. */
final class EpochScheduleCheck implements SourceCheck {
  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Mapping told) {
        Optional<Expression> interval = value(told, "interval").filter(i -> Forms.is(i, "step"));
        Optional<Expression> schedule =
            value(told, "scheduler")
                .flatMap(
                    s ->
                        s instanceof Expression.Name n
                            ? outline.last(n.id(), use)
                            : Optional.of(s));
        if (interval.isPresent()
            && schedule
                .filter(s -> s instanceof Expression.Call c && epochs(c, outline))
                .isPresent()) {
          sources.find(
              "script-epoch-schedule-each-batch",
              outline,
              new Outline.Use(interval.get(), use.place()));
        }
      }
    }
  }

  private static Optional<Expression> value(Expression.Mapping mapping, String key) {
    for (int i = 0; i < mapping.keys().size(); i++) {
      if (mapping.keys().get(i) != null && Forms.is(mapping.keys().get(i), key)) {
        return Optional.of(mapping.values().get(i));
      }
    }
    return Optional.empty();
  }

  private static boolean epochs(Expression.Call schedule, Outline outline) {
    String name = Forms.name(schedule);
    return switch (name) {
      case "StepLR" -> EpochSchedule.counts(name, argument(schedule, "step_size", outline));
      case "CosineAnnealingLR" -> EpochSchedule.counts(name, argument(schedule, "T_max", outline));
      case "ExponentialLR" -> EpochSchedule.counts(name, argument(schedule, "gamma", outline));
      case "MultiStepLR" ->
          Forms.keyword(schedule, "milestones")
              .or(() -> Forms.positional(schedule, 1))
              .filter(m -> m instanceof Expression.Items all && milestones(all))
              .isPresent();
      default -> false;
    };
  }

  private static boolean milestones(Expression.Items all) {
    return EpochSchedule.counts(all.items().stream().mapToDouble(Forms::number));
  }

  private static double argument(Expression.Call call, String name, Outline outline) {
    return Forms.keyword(call, name)
        .or(() -> Forms.positional(call, 1))
        .map(outline::number)
        .orElse(Double.NaN);
  }
}
