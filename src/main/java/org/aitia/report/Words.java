package org.aitia.report;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Step.State;

/** The words of the reports in one language, all from the knowledge base. */
public final class Words {
  private final Knowledge knowledge;
  private final Language language;

  public Words(Knowledge knowledge, Language language) {
    this.knowledge = knowledge;
    this.language = language;
  }

  public Language language() {
    return language;
  }

  /** A phrase with its {@code {0}}, {@code {1}} ... filled in. */
  public String say(String term, Object... values) {
    String text = knowledge.term(term, language);
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      // One pass, so that a value holding "{1}" is not filled in turn.
      if (text.charAt(i) == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}') {
        int n = text.charAt(i + 1) - '0';
        if (n >= 0 && n < values.length) {
          filled.append(values[n]);
          i += 2;
          continue;
        }
      }
      filled.append(text.charAt(i));
    }
    return filled.toString();
  }

  /** A phrase, or the given text where the knowledge base has none. */
  public String sayOr(String term, String otherwise) {
    return knowledge.terms().containsKey(term) ? say(term) : otherwise;
  }

  /** What follows a number: its unit behind a blank, or nothing. */
  public String unit(String unit) {
    return unit == null ? "" : " " + knowledge.unit(unit, language);
  }

  /** The name of a cause; the id itself when it is unknown. */
  public String cause(String id) {
    return knowledge.causes().containsKey(id)
        ? knowledge.cause(id).page(language).name()
        : String.valueOf(id);
  }

  /** The names of causes, as one list. */
  public String causes(Collection<String> ids) {
    return ids.stream().map(this::cause).collect(Collectors.joining(say("comma")));
  }

  /** A link of a chain: a cause by its name, a symptom as it was seen. */
  public String link(String id, Diagnosis diagnosis) {
    if (knowledge.causes().containsKey(id)) {
      return cause(id);
    }
    return diagnosis.symptoms().stream()
        .filter(s -> s.id().equals(id))
        .map(Diagnosis.Symptom::text)
        .findFirst()
        .orElse(id);
  }

  /** A heading such as "loss by step" of a curve's name. */
  public String curve(String name) {
    boolean byStep = name.endsWith(Excerpt.BY_STEP);
    String quantity = byStep ? name.substring(0, name.length() - Excerpt.BY_STEP.length()) : name;
    String said = sayOr("curve-" + quantity, quantity);
    return byStep ? say("curve-by-step", said) : said;
  }

  /** A split's name beside a curve or a place; empty when there is none. */
  public String split(String id) {
    return id == null ? "" : sayOr("place-" + id, id);
  }

  /** A probability in whole percent, never claiming certainty. */
  public static String percent(double probability) {
    long percent = Math.round(100 * probability);
    return percent >= 100 ? ">99 %" : percent < 1 ? "<1 %" : percent + " %";
  }

  /** At most four significant digits, as people write them. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e6) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (size >= 1e5 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.2e", value)
          .replaceAll("\\.?(?<!0)0++e", "e")
          .replaceAll("e([+-])0+(\\d)", "e$1$2")
          .replace("e+", "e");
    }
    int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("(?<!0)0++$", "").replaceAll("\\.$", "") : text;
  }

  /** The state of a step as one sign. */
  public static String sign(State state) {
    return switch (state) {
      case CLEAR -> "✓";
      case SUSPECT -> "✗";
      case WAITING -> "…";
      case NOT_APPLICABLE -> "–";
      case OPEN -> "○";
    };
  }
}
