package org.aitia.script.source;

import java.util.Optional;
import org.aitia.script.syntax.Expression;

/** Lightning is told to advance a schedule at every step that is counted in epochs. */
final class EpochScheduleCheck implements SourceCheck {
  /** A schedule counted in epochs has no milestone beyond this. */
  private static final int EPOCHS = 200;

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
    return switch (Forms.name(schedule)) {
      case "StepLR" -> argument(schedule, "step_size", outline) <= EPOCHS;
      case "CosineAnnealingLR" -> argument(schedule, "T_max", outline) <= EPOCHS;
      case "ExponentialLR" -> argument(schedule, "gamma", outline) <= 0.99;
      case "MultiStepLR" ->
          Forms.keyword(schedule, "milestones")
              .or(() -> Forms.positional(schedule, 1))
              .filter(
                  m ->
                      m instanceof Expression.Items all
                          && !all.items().isEmpty()
                          && all.items().stream().allMatch(i -> Forms.number(i) <= 2 * EPOCHS))
              .isPresent();
      default -> false;
    };
  }

  private static double argument(Expression.Call call, String name, Outline outline) {
    return Forms.keyword(call, name)
        .or(() -> Forms.positional(call, 1))
        .map(outline::number)
        .orElse(Double.NaN);
  }
}
