package org.aitia.script.source;

import java.util.Optional;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** A loss of one's own that transformers' Trainer is given. */
final class TrainerCheck implements SourceCheck {
  /** What the Trainer hands over, to divide a sum by: it then divides no more itself. */
  private static final String COUNT = "num_items_in_batch";

  @Override
  public void look(Outline outline, Sources sources) {
    if (!accumulates(sources)) {
      return;
    }
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call) {
        Optional<String> function = Forms.keyword(call, "compute_loss_func").map(Forms::name);
        function.ifPresent(f -> ignores(f, outline, sources));
      }
    }
  }

  private static boolean accumulates(Sources sources) {
    return sources.outlines().stream()
        .flatMap(o -> o.uses().stream())
        .filter(u -> u.expression() instanceof Expression.Call)
        .map(u -> Forms.keyword((Expression.Call) u.expression(), "gradient_accumulation_steps"))
        .anyMatch(n -> n.isPresent() && Forms.number(n.get()) > 1);
  }

  /** The mean of each micro batch is returned, and all of them are added up. */
  private static void ignores(String function, Outline outline, Sources sources) {
    boolean used =
        outline.uses().stream()
            .filter(u -> u.place().function() != null)
            .filter(u -> u.place().function().name().equals(function))
            .anyMatch(
                u ->
                    u.expression() instanceof Expression.Name n && n.id().equals(COUNT)
                        || u.expression() instanceof Expression.Call c
                            && c.arguments().stream().anyMatch(a -> "**".equals(a.name())));
    if (used) {
      return;
    }
    outline.uses().stream()
        .filter(u -> u.place().statement() instanceof Statement.Return)
        .filter(u -> u.place().function() != null)
        .filter(u -> u.place().function().name().equals(function))
        .findFirst()
        .ifPresent(u -> sources.find("script-loss-ignores-count", outline, u));
  }
}
