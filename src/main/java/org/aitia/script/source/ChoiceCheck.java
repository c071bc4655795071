package org.aitia.script.source;

import java.util.Optional;
import org.aitia.run.word.LossKind;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** A loss on the choice of a class, which has no gradient. */
final class ChoiceCheck implements SourceCheck {
  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call) {
        if (isLoss(Forms.name(call), sources)
            && onChoice(call, use, outline)
            && trained(use, outline)) {
          sources.find("script-loss-on-argmax", outline, use);
        } else if (Forms.name(call).equals("compile")) {
          Forms.keyword(call, "loss").map(Forms::name).ifPresent(f -> own(f, outline, sources));
        }
      }
    }
  }

  private static boolean isLoss(String name, Sources sources) {
    return name.equals("criterion") || sources.words().written(LossKind.class, name).isPresent();
  }

  private static boolean onChoice(Expression.Call loss, Outline.Use use, Outline outline) {
    Optional<Expression> prediction = Forms.positional(loss, 0);
    return prediction
        .flatMap(p -> p instanceof Expression.Name n ? outline.last(n.id(), use) : prediction)
        .filter(p -> Forms.any(p, e -> Forms.calls(e, "argmax")))
        .isPresent();
  }

  private static boolean trained(Outline.Use use, Outline outline) {
    return use.place().statement() instanceof Statement.Assign assign
        && outline.calls("backward").stream()
            .map(u -> Forms.owner(((Expression.Call) u.expression()).callee()))
            .anyMatch(
                l ->
                    !l.isEmpty()
                        && assign.targets().stream().anyMatch(t -> Forms.name(t).equals(l)));
  }

  /** A loss of the script's own in which the prediction is met nowhere but within an argmax. */
  private static void own(String function, Outline outline, Sources sources) {
    for (Statement.Define define : outline.functions()) {
      if (define.name().equals(function) && define.parameters().size() == 2) {
        String prediction = define.parameters().get(1).name();
        long met = 0;
        long chosen = 0;
        Outline.Use choice = null;
        for (Outline.Use use : outline.uses()) {
          if (use.place().function() == define) {
            met += Forms.name(use.expression()).equals(prediction) ? 1 : 0;
            boolean within =
                Forms.calls(use.expression(), "argmax") && Forms.uses(use.expression(), prediction);
            chosen += within ? 1 : 0;
            choice = within ? use : choice;
          }
        }
        if (choice != null && met == chosen) {
          sources.find("script-loss-on-argmax", outline, choice);
        }
      }
    }
  }
}
