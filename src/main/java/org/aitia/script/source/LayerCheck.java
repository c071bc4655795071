package org.aitia.script.source;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.LossKind;
import org.aitia.run.word.ModuleKind;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Layers in a row, and what a loss is taken on. */
final class LayerCheck implements SourceCheck {
  /** What leaves a chain of linear layers linear, beside the linear layers. */
  private static final Set<ModuleKind> IDLE =
      EnumSet.of(
          ModuleKind.DROPOUT,
          ModuleKind.BATCH_NORMALISATION,
          ModuleKind.NORMALISATION,
          ModuleKind.RESHAPE);

  private static final Set<String> INPUTS = Set.of("Input", "InputLayer");

  /** Linear layers from which on nothing but a mistake explains that no activation lies between. */
  private static final int FROM = 3;

  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call) {
        if (Set.of("Sequential", "SequentialCell").contains(Forms.name(call))
            && linear(call, sources.words())) {
          sources.find("script-no-activation", outline, use);
        } else if (isLoss(Forms.name(call), sources) && onChoice(call) && trained(use, outline)) {
          sources.find("script-loss-on-argmax", outline, use);
        }
      }
    }
  }

  private static boolean isLoss(String name, Sources sources) {
    return name.equals("criterion") || sources.words().written(LossKind.class, name).isPresent();
  }

  private static boolean linear(Expression.Call sequence, Lexicon words) {
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
                        && (isLinear(call, words) || isIdle(Forms.name(call), words)));
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
                .filter(l -> isLinear((Expression.Call) l, words))
                .count()
            >= FROM;
  }

  private static boolean isLinear(Expression.Call layer, Lexicon words) {
    return words.written(ModuleKind.class, Forms.name(layer)).orElse(null) == ModuleKind.LINEAR;
  }

  private static boolean isIdle(String layer, Lexicon words) {
    return INPUTS.contains(layer)
        || words.written(ModuleKind.class, layer).filter(IDLE::contains).isPresent();
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
