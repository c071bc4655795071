package org.aitia.reasoning.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.ObserverLimit;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Threshold;
import org.aitia.observation.Observers;
import org.aitia.observation.measure.Measure;
import org.aitia.reasoning.rule.RuleBook;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** Makes the mutants, and the text of the rules that they need. */
final class Mutants {
  private static final Pattern BINDING = Pattern.compile("\\$\\w+(?=\\s*:)");
  private static final double[] FACTORS = {2, 0.5, 1.3};

  /** Units of which there are whole numbers only. */
  private static final Set<String> WHOLE =
      Set.of("count", "flag", "step", "epoch", "samples", "rows", "labels", "index", "severity");

  private final Map<String, Measure> measures = Observers.measures();
  private final List<Mutant> found = new ArrayList<>();
  private final Map<String, String> sources = new LinkedHashMap<>();

  List<Mutant> found() {
    return found;
  }

  /** Rules with a condition changed, as sources by file. */
  Map<String, String> sources() {
    return sources;
  }

  /**
   * A limit doubled, halved and by 1.3. One of 0, or one that a count starts from, has no size; and
   * where there are whole numbers only, one that parts the same numbers is the same limit.
   */
  void limits(SymptomType type) {
    Threshold t = type.threshold();
    boolean whole = WHOLE.contains(measures.get(t.measure()).unit());
    for (double factor : FACTORS) {
      if (hasSize(t.above())) {
        double moved = t.above() * factor;
        if (!whole || Math.floor(moved) != Math.floor(t.above())) {
          limit(type, "above " + t.above() + " x " + factor, moved, t.below());
        }
      }
      if (hasSize(t.below())) {
        double moved = t.below() * factor;
        if (!whole || Math.ceil(moved) != Math.ceil(t.below())) {
          limit(type, "below " + t.below() + " x " + factor, t.above(), moved);
        }
      }
    }
  }

  /** A limit of observers doubled and halved. */
  void observing(ObserverLimit limit) {
    for (double factor : new double[] {2, 0.5}) {
      double moved = limit.value() * factor;
      found.add(Mutant.observer(limit.id(), limit.value() + " x " + factor, moved));
    }
  }

  private static boolean hasSize(Double limit) {
    return limit != null && limit != 0 && limit != -1 && !limit.isInfinite();
  }

  private void limit(SymptomType type, String change, Double above, Double below) {
    Threshold t = type.threshold();
    found.add(
        Mutant.limit(
            type.id(), change, new Threshold(t.measure(), above, below, t.origin(), t.reason())));
  }

  void levels(RuleBook.Entry rule) {
    for (Claim claim : rule.claims()) {
      for (int by : new int[] {-1, 1}) {
        int at = claim.level().ordinal() + by;
        if (at >= 0 && at < Level.values().length) {
          found.add(Mutant.level(rule.name(), claim, Level.values()[at]));
        }
      }
    }
  }

  /**
   * The rules of a file: each deleted, and each condition dropped, each {@code not} turned over.
   */
  void rules(String file, String text, Predicate<String> wanted) throws DroolsParserException {
    StringBuilder mutated = new StringBuilder();
    List<RuleDescr> rules = new DrlParser(LanguageLevelOption.DRL6).parse(false, text).getRules();
    for (RuleDescr rule : rules) {
      if (wanted.test(rule.getName())) {
        found.add(Mutant.deleted(rule.getName()));
        conditions(rule, text, mutated);
      }
    }
    if (!mutated.isEmpty()) {
      String header = text.substring(0, rules.get(0).getStartCharacter());
      sources.put(file.replace(".drl", "-mutants.drl"), header + mutated);
    }
  }

  private void conditions(RuleDescr rule, String text, StringBuilder mutated) {
    List<? extends BaseDescr> all = rule.getLhs().getDescrs();
    String whole = text.substring(rule.getStartCharacter(), rule.getEndCharacter() + 1);
    for (BaseDescr one : all) {
      int from = one.getStartCharacter() - rule.getStartCharacter();
      int to = end(whole, from);
      String pattern = whole.substring(from, to);
      String rest = whole.substring(0, from) + whole.substring(to);
      if (all.size() > 1 && !pattern.equals("Limits()") && free(pattern, rest)) {
        add(rule, "without " + brief(pattern), rest, mutated);
      }
      if (one instanceof NotDescr) {
        String turned = pattern.replaceFirst("^not\\s*", "");
        add(
            rule,
            "not turned over: " + brief(pattern),
            whole.substring(0, from) + turned + whole.substring(to),
            mutated);
      }
    }
  }

  /** Where a condition ends: behind its brackets, and behind those of what it is drawn from. */
  private static int end(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        Matcher drawn = Pattern.compile("\\s*from\\s").matcher(text).region(i + 1, text.length());
        if (!drawn.lookingAt()) {
          return i + 1;
        }
      }
    }
    throw new IllegalArgumentException("a condition without end: " + text.substring(from));
  }

  /** Whether nothing else needs what a condition binds. */
  private static boolean free(String pattern, String rest) {
    return BINDING
        .matcher(pattern)
        .results()
        .noneMatch(b -> rest.matches("(?s).*" + Pattern.quote(b.group()) + "\\b.*"));
  }

  private static String brief(String pattern) {
    return pattern.replaceAll("\\s+", " ").replaceAll("Symptom\\(id (?:== |in \\()", "(");
  }

  private void add(RuleDescr rule, String change, String text, StringBuilder mutated) {
    String name = "mutant " + found.size() + ": " + rule.getName();
    mutated
        .append(text.replaceFirst("\"[^\"]+\"", Matcher.quoteReplacement('"' + name + '"')))
        .append("\n\n");
    found.add(Mutant.condition(rule.getName(), change, name));
  }
}
