package org.aitia.script.source;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Layers in a row, and what a loss is taken on. */
final class LayerCheck implements SourceCheck {
  private static final Set<String> LINEAR = Set.of("Linear", "LazyLinear", "Dense");

  /** What leaves a chain of linear layers linear. */
  private static final Set<String> IDLE =
      Set.of(
          "Dropout",
          "BatchNorm1d",
          "BatchNormalization",
          "LayerNorm",
          "Flatten",
          "Identity",
          "Input",
          "InputLayer",
          "Reshape");

  /** Linear layers from which on nothing but a mistake explains that no activation lies between. */
  private static final int FROM = 3;

  private static final Set<String> LOSSES =
      Set.of("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "cross_entropy", "criterion");

  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call) {
        if (Set.of("Sequential", "SequentialCell").contains(Forms.name(call)) && linear(call)) {
          sources.find("script-no-activation", outline, use);
        } else if (LOSSES.contains(Forms.name(call)) && onChoice(call) && trained(use, outline)) {
          sources.find("script-loss-on-argmax", outline, use);
        }
      }
    }
  }

  private static boolean linear(Expression.Call sequence) {
    List<Expression> layers =
        sequence.arguments().stream()
            .map(Expression.Argument::value)
            .flatMap(
                v ->
                    v instanceof Expression.Items i
                        ? i.items().stream()
                        : java.util.stream.Stream.of(v))
            .toList();
    boolean known =
        layers.stream()
            .allMatch(
                l ->
                    l instanceof Expression.Call call
                        && (IDLE.contains(Forms.name(call)) || LINEAR.contains(Forms.name(call))));
    boolean activated =
        layers.stream()
            .filter(Expression.Call.class::isInstance)
            .map(Expression.Call.class::cast)
            .anyMatch(
                c ->
                    Forms.keyword(c, "activation").isPresent()
                        || Forms.name(c).equals("Dense") && Forms.positional(c, 1).isPresent());
    return known
        && !activated
        && layers.stream()
                .filter(Objects::nonNull)
                .filter(l -> LINEAR.contains(Forms.name((Expression.Call) l)))
                .count()
            >= FROM;
  }

  /** The choice of a class has no gradient. */
  private static boolean onChoice(Expression.Call loss) {
    return Forms.positional(loss, 0)
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
}
