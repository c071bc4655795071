package org.aitia.script.source;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Boosted trees: where they start, and the weights of their samples. */
final class BoostingCheck implements SourceCheck {
  private static final Set<String> LIBRARIES = Set.of("xgboost", "lightgbm");
  private static final Set<String> OWN = Set.of("objective", "obj", "fobj");

  /** What gives the first prediction. */
  private static final Set<String> STARTS =
      Set.of("base_score", "base_margin", "set_base_margin", "set_init_score");

  private static final Set<String> WEIGHTS = Set.of("weight", "sample_weight");

  @Override
  public void look(Outline outline, Sources sources) {
    if (!sources.writes(LIBRARIES)) {
      return;
    }
    if (!sources.writes(STARTS) && !keys(outline, "base_score") && !starts(outline)) {
      objective(outline, sources);
    }
    if (sources.writes(Set.of("xgboost")) && sources.writes(WEIGHTS)) {
      weights(outline, sources);
    }
  }

  private static boolean keys(Outline outline, String key) {
    return outline.uses().stream()
        .anyMatch(
            u ->
                u.expression() instanceof Expression.Mapping m
                    && m.keys().stream().anyMatch(k -> Forms.is(k, key)));
  }

  /** An initial score is given that is not plainly zero. */
  private static boolean starts(Outline outline) {
    return outline.uses().stream()
        .filter(u -> u.expression() instanceof Expression.Call)
        .map(u -> Forms.keyword((Expression.Call) u.expression(), "init_score"))
        .flatMap(Optional::stream)
        .anyMatch(score -> !zero(score, outline));
  }

  private static boolean zero(Expression score, Outline outline) {
    if (score instanceof Expression.Call call) {
      String name = Forms.name(call);
      return name.startsWith("zeros")
          || name.equals("full")
              && Forms.positional(call, 1).filter(v -> zero(v, outline)).isPresent();
    }
    if (score instanceof Expression.Name name) {
      Expression[] values =
          outline.places().stream()
              .map(Outline.Place::statement)
              .filter(Statement.Assign.class::isInstance)
              .map(Statement.Assign.class::cast)
              .filter(a -> a.targets().stream().anyMatch(t -> Forms.name(t).equals(name.id())))
              .map(Statement.Assign::value)
              .toArray(Expression[]::new);
      return values.length == 1
          && !(values[0] instanceof Expression.Name)
          && zero(values[0], outline);
    }
    return Forms.number(score) == 0;
  }

  /** A function of the script is the objective. */
  private static void objective(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      boolean own =
          given(use.expression())
              .anyMatch(
                  e ->
                      e instanceof Expression.Name n
                          && sources.outlines().stream()
                              .flatMap(o -> o.functions().stream())
                              .anyMatch(
                                  f -> f.name().equals(n.id()) && f.parameters().size() == 2));
      if (own) {
        sources.find("script-objective-without-base", outline, use);
        return;
      }
    }
  }

  private static Stream<Expression> given(Expression expression) {
    if (expression instanceof Expression.Call call) {
      return call.arguments().stream()
          .filter(a -> a.name() != null && OWN.contains(a.name()))
          .map(Expression.Argument::value);
    }
    if (expression instanceof Expression.Mapping mapping) {
      for (int i = 0; i < mapping.keys().size(); i++) {
        if (mapping.keys().get(i) != null && Forms.is(mapping.keys().get(i), "objective")) {
          return Stream.of(mapping.values().get(i));
        }
      }
    }
    return Stream.empty();
  }

  /** Weights divided by their sum: a leaf then never holds the least weight that it has to. */
  private static void weights(Outline outline, Sources sources) {
    if (lowered(outline)) {
      return;
    }
    for (Outline.Use use : outline.uses()) {
      if (use.place().statement() instanceof Statement.Assign assign
          && use.expression() == assign.value()
          && assign.targets().size() == 1
          && given(Forms.name(assign.targets().get(0)), assign, sources)) {
        sources.find("script-weights-sum-to-one", outline, use);
      }
    }
  }

  private static boolean given(String weight, Statement.Assign assign, Sources sources) {
    Expression sum =
        assign.value() instanceof Expression.Binary binary && binary.operator().equals("/")
            ? binary.right()
            : "/".equals(assign.operator()) ? assign.value() : null;
    Expression over =
        assign.value() instanceof Expression.Binary binary
            ? binary.left()
            : assign.targets().get(0);
    String name = Forms.name(over);
    return sum instanceof Expression.Call call
        && Forms.name(call).equals("sum")
        && !name.isEmpty()
        && Forms.uses(call, name)
        && (weight.startsWith("w") || weight.contains("weight"))
        && !scaled(weight, sources);
  }

  private static boolean scaled(String weight, Sources sources) {
    return sources.outlines().stream()
        .flatMap(o -> o.places().stream())
        .map(Outline.Place::statement)
        .filter(Statement.Assign.class::isInstance)
        .map(Statement.Assign.class::cast)
        .filter(a -> a.targets().stream().anyMatch(t -> Forms.name(t).equals(weight)))
        .anyMatch(
            a ->
                "*".equals(a.operator())
                    || Forms.any(
                        a.value(),
                        e -> e instanceof Expression.Binary b && b.operator().equals("*")));
  }

  /** The least weight of a leaf is set below what weights that sum to one can reach. */
  private static boolean lowered(Outline outline) {
    return outline.uses().stream()
        .map(Outline.Use::expression)
        .anyMatch(
            e -> {
              if (e instanceof Expression.Call call) {
                return Forms.keyword(call, "min_child_weight")
                    .filter(v -> Forms.number(v) < 0.01)
                    .isPresent();
              }
              if (e instanceof Expression.Mapping m) {
                for (int i = 0; i < m.keys().size(); i++) {
                  if (m.keys().get(i) != null
                      && Forms.is(m.keys().get(i), "min_child_weight")
                      && Forms.number(m.values().get(i)) < 0.01) {
                    return true;
                  }
                }
              }
              return false;
            });
  }
}
