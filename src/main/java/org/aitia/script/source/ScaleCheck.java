package org.aitia.script.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Inputs of one split are scaled, those of the other are made in the same way and are not. */
final class ScaleCheck implements SourceCheck {
  private static final Set<Double> PIXEL_RANGES = Set.of(255.0, 256.0, 127.0, 127.5, 128.0);
  private static final Set<String> SCALERS =
      Set.of(
          "Rescaling",
          "Normalization",
          "per_image_standardization",
          "preprocess_input",
          "convert_image_dtype");
  private static final List<String> HELD = List.of("validation", "valid", "val", "test", "dev");
  private static final Pattern DIVIDED =
      Pattern.compile(
          "(\\w{0,60}train\\w{0,60}) = (.{0,100}[^/ ]) ?/ ?(?:255|256|127\\.5)(?:\\.0?)?");

  /** The data sets of one function by the variables that hold them. */
  private record Sets(Map<String, Boolean> scaled, Map<String, Outline.Use> made) {
    Sets() {
      this(new HashMap<>(), new HashMap<>());
    }
  }

  @Override
  public void look(Outline outline, Sources sources) {
    divided(outline, sources);
    mapped(outline, sources);
  }

  /** {@code x_train = read("train") / 255} beside {@code x_val = read("val")}. */
  private static void divided(Outline outline, Sources sources) {
    for (Outline.Place place : outline.places()) {
      Matcher line = DIVIDED.matcher(line(place, outline));
      if (!(place.statement() instanceof Statement.Assign) || !line.matches()) {
        continue;
      }
      for (String held : HELD) {
        String plain = (line.group(1) + " = " + line.group(2)).replace("train", held);
        String name = line.group(1).replace("train", held);
        List<Outline.Place> set =
            outline.places().stream()
                .filter(p -> p.function() == place.function())
                .filter(
                    p ->
                        p.statement() instanceof Statement.Assign a
                            && a.targets().stream().anyMatch(t -> Forms.name(t).equals(name)))
                .toList();
        if (set.size() == 1 && line(set.get(0), outline).equals(plain)) {
          Expression value = ((Statement.Assign) set.get(0).statement()).value();
          sources.find("script-scaled-in-one-split", outline, new Outline.Use(value, set.get(0)));
        }
      }
    }
  }

  /** The line of a statement without a comment behind it. */
  private static String line(Outline.Place place, Outline outline) {
    String text = outline.script().quote(place.statement().line());
    int comment = text.indexOf("  #");
    return (comment < 0 ? text : text.substring(0, comment)).strip();
  }

  /** Data sets of tf.data of which one went through a function that scales. */
  private static void mapped(Outline outline, Sources sources) {
    Set<String> scaling = scaling(outline);
    Map<Statement.Define, Sets> all = new HashMap<>();
    for (Outline.Place place : outline.places()) {
      Sets sets = all.computeIfAbsent(place.function(), f -> new Sets());
      if (place.statement() instanceof Statement.Assign assign) {
        for (Expression target : assign.targets()) {
          assign(target, assign.value(), place, sets, scaling);
        }
      }
    }
    for (Outline.Use use : outline.calls("fit")) {
      Expression.Call fit = (Expression.Call) use.expression();
      Sets sets = all.getOrDefault(use.place().function(), new Sets());
      Optional<Expression> train = Forms.positional(fit, 0).or(() -> Forms.keyword(fit, "x"));
      Optional<Expression> held = Forms.keyword(fit, "validation_data");
      Boolean one = train.map(t -> scaled(t, sets, scaling)).orElse(null);
      Boolean other = held.map(h -> scaled(h, sets, scaling)).orElse(null);
      if (one != null && other != null && !one.equals(other)) {
        Expression unscaled = one ? held.get() : train.get();
        sources.find(
            "script-scaled-in-one-split",
            outline,
            sets.made().getOrDefault(Forms.name(unscaled), use));
      }
    }
  }

  private static void assign(
      Expression target, Expression value, Outline.Place place, Sets sets, Set<String> scaling) {
    boolean several = target instanceof Expression.Items;
    Boolean scaled = source(value) ? Boolean.FALSE : several ? null : scaled(value, sets, scaling);
    Set<String> names = new HashSet<>();
    Forms.any(
        target,
        e -> {
          names.add(Forms.name(e));
          return false;
        });
    for (String name : names) {
      if (scaled == null || !place.sure()) {
        sets.scaled().remove(name);
      } else {
        sets.scaled().put(name, scaled);
        sets.made().put(name, new Outline.Use(value, place));
      }
    }
  }

  /** Whether a data set is read from where nothing scales it. */
  private static boolean source(Expression value) {
    return value instanceof Expression.Call call
        && (Forms.name(call).endsWith("_dataset_from_directory")
            || Forms.name(call).equals("load") && Forms.owner(call.callee()).equals("tfds"));
  }

  /** Whether a data set is scaled; null when that is not known. */
  private static Boolean scaled(Expression set, Sets sets, Set<String> scaling) {
    boolean scaled = false;
    Expression inner = set;
    while (inner instanceof Expression.Call call) {
      scaled |=
          Forms.name(call).equals("map")
              && Forms.positional(call, 0).filter(f -> scales(f, scaling)).isPresent();
      inner = call.callee() instanceof Expression.Member method ? method.of() : null;
    }
    Boolean before = inner instanceof Expression.Name name ? sets.scaled().get(name.id()) : null;
    return before == null ? null : Boolean.valueOf(before || scaled);
  }

  private static boolean scales(Expression function, Set<String> scaling) {
    return Forms.any(
        function,
        e ->
            e instanceof Expression.Binary quotient
                    && quotient.operator().equals("/")
                    && PIXEL_RANGES.contains(Forms.number(quotient.right()))
                || SCALERS.contains(Forms.name(e))
                || scaling.contains(Forms.name(e)));
  }

  /** Functions and layers of the script that scale. */
  private static Set<String> scaling(Outline outline) {
    Set<String> found = new HashSet<>();
    for (Outline.Use use : outline.uses()) {
      if (scales(use.expression(), Set.of())) {
        if (use.place().function() != null) {
          found.add(use.place().function().name());
        } else if (use.place().statement() instanceof Statement.Assign assign
            && use.expression() instanceof Expression.Call call
            && assign.value() == call
            && SCALERS.contains(Forms.name(call))) {
          assign.targets().forEach(t -> found.add(Forms.name(t)));
        }
      }
    }
    found.remove("");
    return found;
  }
}
