package org.aitia.script.source;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Variants of one sample that are made before the split lie on both of its sides. */
final class SplitCheck implements SourceCheck {
  private static final Set<String> SPLITS = Set.of("train_test_split", "random_split");

  /** What mixes rows, or has mixed them already. */
  private static final List<String> MIXERS =
      List.of("shuffle", "permutation", "permuted", "randperm", "sample", "load_data", "choice");

  private static final List<String> TIMES =
      List.of("date", "time", "year", "month", "day", "week", "stamp", "index", "order", "id");

  @Override
  public void look(Outline outline, Sources sources) {
    tail(outline, sources);
    List<Outline.Use> splits =
        outline.uses().stream()
            .filter(
                u ->
                    u.expression() instanceof Expression.Call c
                        && SPLITS.contains(Forms.name(c))
                        && Forms.keyword(c, "groups").isEmpty())
            .toList();
    if (splits.isEmpty()) {
      return;
    }
    splits.forEach(s -> multiplied(s, outline, sources));
    for (Outline.Place place : outline.places()) {
      if (place.statement() instanceof Statement.Loop outer && outer.target() != null) {
        grown(outer, place, splits, outline, sources);
      }
    }
  }

  /** What is split came out of a function that makes several rows of one. */
  private static void multiplied(Outline.Use split, Outline outline, Sources sources) {
    String rows =
        Forms.positional((Expression.Call) split.expression(), 0).map(Forms::name).orElse("");
    for (Outline.Use use : outline.uses()) {
      boolean made =
          !rows.isEmpty()
              && use.place().statement() instanceof Statement.Assign assign
              && use.expression() == assign.value()
              && use.place().function() == split.place().function()
              && use.expression().line() < split.expression().line()
              && assign.targets().stream().anyMatch(t -> names(t).contains(rows))
              && Forms.any(assign.value(), SplitCheck::multiplies);
      if (made) {
        sources.find("script-variants-before-split", outline, use);
      }
    }
  }

  private static boolean multiplies(Expression expression) {
    String name = expression instanceof Expression.Call call ? Forms.name(call) : "";
    String words = name.toLowerCase(java.util.Locale.ROOT);
    return name.equals("fit_resample")
        || words.contains("augment") && !words.contains("augmentation")
        || words.contains("oversample") && !words.contains("sampler");
  }

  /** Keras takes the last rows for validation, as they lie. */
  private static void tail(Outline outline, Sources sources) {
    boolean mixed =
        sources.outlines().stream()
            .anyMatch(
                o ->
                    MIXERS.stream().anyMatch(m -> !o.calls(m).isEmpty())
                        || SPLITS.stream().anyMatch(m -> !o.calls(m).isEmpty()));
    if (mixed) {
      return;
    }
    for (Outline.Use use : outline.calls("fit")) {
      boolean held =
          Forms.keyword((Expression.Call) use.expression(), "validation_split")
              .filter(v -> Forms.number(v) > 0)
              .isPresent();
      if (held) {
        sources.suspect("script-validation-from-tail", outline, use);
        if (sorted(sources)) {
          sources.find("script-validation-of-last-classes", outline, use);
        }
      }
    }
  }

  /** Rows were put in order, or read class by class: a number of the loop is the label. */
  private static boolean sorted(Sources sources) {
    return sources.outlines().stream()
        .anyMatch(
            o ->
                o.calls("sort_values").stream().anyMatch(SplitCheck::byLabel)
                    || classes(o)
                    || joined(o));
  }

  /** The rows of one class stand behind those of the other: their labels are joined as they lie. */
  private static boolean joined(Outline outline) {
    return outline.calls("concatenate").stream()
        .map(Outline.Use::expression)
        .anyMatch(
            e ->
                Forms.any(e, p -> Forms.calls(p, "ones"))
                    && Forms.any(e, p -> Forms.calls(p, "zeros")));
  }

  /** Rows in the order of time are meant to be held out from the end. */
  private static boolean byLabel(Outline.Use sort) {
    String key =
        Forms.positional((Expression.Call) sort.expression(), 0)
            .or(() -> Forms.keyword((Expression.Call) sort.expression(), "by"))
            .map(Forms::written)
            .orElse("")
            .toLowerCase(java.util.Locale.ROOT);
    return !key.isEmpty() && TIMES.stream().noneMatch(key::contains);
  }

  private static boolean classes(Outline outline) {
    for (Outline.Place place : outline.places()) {
      if (place.statement() instanceof Statement.Loop loop
          && loop.target() instanceof Expression.Items pair
          && pair.items().size() == 2
          && Forms.calls(loop.source(), "enumerate")) {
        String number = Forms.name(pair.items().get(0));
        boolean labelled =
            outline.calls("append").stream()
                .filter(u -> u.expression().line() > loop.line())
                .anyMatch(
                    u ->
                        Forms.owner(((Expression.Call) u.expression()).callee()).contains("label")
                            && Forms.positional((Expression.Call) u.expression(), 0)
                                .filter(a -> Forms.name(a).equals(number))
                                .isPresent());
        if (labelled) {
          return true;
        }
      }
    }
    return false;
  }

  private static void grown(
      Statement.Loop outer,
      Outline.Place place,
      List<Outline.Use> splits,
      Outline outline,
      Sources sources) {
    Set<String> samples = names(outer.target());
    for (Statement statement : outer.body()) {
      boolean variants =
          statement instanceof Statement.Loop inner
              && inner.source() instanceof Expression.Items items
              && several(items, samples)
              && appends(inner.body(), names(inner.target()));
      boolean split = splits.stream().anyMatch(s -> s.expression().line() > outer.line());
      if (variants && split) {
        Expression source = ((Statement.Loop) statement).source();
        sources.find("script-variants-before-split", outline, new Outline.Use(source, place));
      }
    }
  }

  /** A sample beside something that is made of it, or several things made of it. */
  private static boolean several(Expression.Items items, Set<String> samples) {
    List<Expression> made =
        items.items().stream()
            .filter(i -> samples.stream().anyMatch(s -> Forms.uses(i, s)))
            .toList();
    return made.size() >= 2 && made.stream().anyMatch(Expression.Call.class::isInstance);
  }

  private static boolean appends(List<Statement> body, Set<String> variants) {
    return body.stream()
        .filter(Statement.Evaluate.class::isInstance)
        .map(s -> ((Statement.Evaluate) s).value())
        .anyMatch(
            e -> Forms.calls(e, "append") && variants.stream().anyMatch(v -> Forms.uses(e, v)));
  }

  private static Set<String> names(Expression target) {
    Set<String> names = new HashSet<>();
    Forms.any(
        target,
        e -> {
          if (e instanceof Expression.Name name) {
            names.add(name.id());
          }
          return false;
        });
    return names;
  }
}
