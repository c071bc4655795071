package org.aitia.script.source;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.run.word.OptimizerKind;
import org.aitia.script.syntax.Expression;

/** Limits of gradients and penalties on weights, where they are written down as numbers. */
final class LimitCheck implements SourceCheck {
  private static final Set<String> CLIPS =
      Set.of("clip_grad_norm_", "clip_grad_norm", "clip_grad_value_", "clip_by_global_norm");
  private static final Set<String> LIMITS =
      Set.of(
          "max_norm",
          "clip_value",
          "clip_norm",
          "max_grad_norm",
          "gradient_clip_val",
          "clipnorm",
          "global_clipnorm",
          "clipvalue");
  private static final Set<String> PENALTIES = Set.of("l1", "l2", "L1", "L2", "l1_l2", "L1L2");

  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call) {
        limits(call).forEach(l -> measure("script-clip-limit", l, use, outline, sources));
        penalty(call, sources)
            .ifPresent(p -> measure("script-weight-penalty", p, use, outline, sources));
      }
    }
  }

  /** Zero is how both are turned off. */
  private static void measure(
      String what, Expression written, Outline.Use use, Outline outline, Sources sources) {
    double value = outline.number(written);
    if (value > 0) {
      sources.measure(what, outline, new Outline.Use(written, use.place()), value);
    }
  }

  private static Stream<Expression> limits(Expression.Call call) {
    Stream<Expression> named =
        call.arguments().stream()
            .filter(a -> a.name() != null && LIMITS.contains(a.name()))
            .map(Expression.Argument::value);
    return CLIPS.contains(Forms.name(call))
        ? Stream.concat(named, Forms.positional(call, 1).stream())
        : named;
  }

  /** Lion takes the sign of each step, and with it ten times the decay of others. */
  private static Optional<Expression> penalty(Expression.Call call, Sources sources) {
    String name = Forms.name(call);
    if (PENALTIES.contains(name)) {
      return Forms.positional(call, 0).or(() -> Forms.keyword(call, "l2"));
    }
    boolean trains =
        sources.words().written(OptimizerKind.class, name).isPresent()
            || name.endsWith("TrainingArguments");
    return trains && !name.contains("Lion")
        ? Forms.keyword(call, "weight_decay")
        : Optional.empty();
  }
}
