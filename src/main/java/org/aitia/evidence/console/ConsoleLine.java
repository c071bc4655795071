package org.aitia.evidence.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.metrics.MetricLists;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;

/**
 * What a line of a console log says: where in the training it stands, and the values it shows.
 *
 * @param epoch the epoch it names, NaN when none
 * @param counted whether the epoch is a count of epochs, not a share of the training passed
 * @param step the step it names, NaN when none
 * @param within how far into the epoch it says it is, in batches or samples; NaN when it does not
 * @param length of the epoch in the same unit; NaN when not said
 * @param bar whether the line is a progress bar, which is shown again and again
 * @param evaluation whether it is about batches of an evaluation, not about its result
 * @param values by name; the name begins with the split when the line says so
 */
record ConsoleLine(
    double epoch,
    boolean counted,
    double step,
    double within,
    double length,
    boolean bar,
    boolean evaluation,
    Map<String, Double> values) {
  private static final String NUMBER =
      "[-+]?(?:nan|inf(?:inity)?|\\d{1,20}(?:\\.\\d{0,30})?(?:e[-+]?\\d{1,3})?|\\.\\d{1,30}(?:e[-+]?\\d{1,3})?)";

  /** Words that may stand before the name of a metric and belong to it. */
  private static final Pattern QUALIFIERS =
      Pattern.compile(
          "(?<![\\w@./'-])(?:(?:train(?:ing)?|val(?:id(?:ation)?)?(?:_0)?|test(?:ing)?|eval(?:uation)?|dev|average|avg|mean|total|learning|grad(?:ient)?|loss)\\.?[ /_-]{1,2}){1,3}$");

  /** Longest text before a name in which its qualifiers stand. */
  private static final int QUALIFIED = 40;

  /** {@code name: value}, {@code name=value}, {@code 'name': 'value'}, {@code name is value}. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?<![\\w@./-])([a-z_][\\w@./-]{0,60}+)['\"]?(?:\\s{0,4}[:=]\\s{0,8}|\\s{1,3}is\\s{1,3})[\\['\"(]{0,2}("
              + NUMBER
              + ")(?!\\w|\\.\\d)(\\s?%|\\s?/\\s?\\d{1,12})?");

  /** {@code loss 2.41}, {@code Acc@1 10.34}: without a sign between, for known names only. */
  private static final Pattern BESIDE =
      Pattern.compile(
          "(?<![\\w@./'-])(loss|acc(?:uracy)?(?:@[15])?|prec@1|top1|lr|rate|ppl|perplexity|norm|f1|mae|mse|auc)\\s{1,8}("
              + NUMBER
              + ")(?![\\w/]|\\.\\d)(\\s?%)?");

  private static final Pattern EPOCH =
      Pattern.compile(
          "(?<![\\w])(?:epoch|ep)['\"]?\\s{0,3}[:=#]?\\s{0,3}['\"]?[\\[(]?\\s{0,6}(\\d{1,9}(?:\\.\\d{1,18})?)(?![\\w.])(\\s{0,3}/\\s{0,3}\\d+)?|第\\s{0,2}(\\d{1,9})\\s{0,2}(?:轮|个?epoch)");

  private static final Pattern STEP =
      Pattern.compile(
          "(?<![\\w])(?:global[_ ]?step|steps?|iter(?:ation)?s?|batch(?:_idx)?)['\"]?\\s{0,3}[:=#]?\\s{0,3}['\"]?[\\[(]?\\s{0,6}(\\d{1,15})(?![\\w.])(?:\\s{0,3}/\\s{0,3}(\\d{1,15}))?");

  private static final Pattern WITHIN =
      Pattern.compile("\\[\\s{0,8}(\\d{1,15})\\s{0,3}/\\s{0,3}(\\d{1,15})(?=[\\s\\](])");

  /** Training and evaluation as the official image examples head their lines. */
  private static final Pattern TIMM = Pattern.compile("^\\s*train: (\\d{1,9}) \\[");

  /** Rounds of boosting: {@code [12] train's auc: 0.9}. */
  private static final Pattern ROUND = Pattern.compile("^\\s*\\[(\\d{1,9})\\]\\s");

  private static final Pattern BAR =
      Pattern.compile(
          "\\d%\\|[^|]{0,200}\\|\\s{0,3}\\d{1,12}/|\\d(?:it/s|s/it)\\b|[━█]{3}|\\[[=>.]{5,60}\\]|^\\s{0,4}\\d{1,9}/\\d{1,9} - \\d{1,9}m?s");

  private static final Pattern BAR_AT =
      Pattern.compile("(?<![\\d/.])(\\d{1,12})/(\\d{1,12})(?![\\d/.])");

  private static final Pattern SPLIT =
      Pattern.compile(
          "(?:^|[\\s\\]:>*-])['\"({\\[]{0,3}(train(?:ing)?|val(?:id(?:ation|ating)?)?|test(?:ing)?|eval(?:uat(?:ion|ing|e))?|dev)(?![\\w/.'-])(?:\\s{1,2}(?:set|split|epoch|results?|phase|stats))?\\s{0,3}(?:[:|\\[(>-]|epoch|result|loss|\\d)");

  /** A logger's own words before the message. */
  private static final Pattern PREFIX =
      Pattern.compile(
          "^\\s*(?:\\[?\\d{4}-\\d\\d-\\d\\d[t ][\\d:.,]{5,20}z?\\]?|\\d\\d/\\d\\d/\\d{4} [\\d:]{8})(?:\\s++(?:-\\s*+)?\\[?(?:info|debug|warning|error)\\]?)?");

  /** Lines that name an epoch other than the one that is trained. */
  private static final Pattern ASIDE =
      Pattern.compile("best|restor|saved|saving|checkpoint|early|load|resum|num ");

  /** The tables of results that transformers' example scripts print at the end. */
  private static final Pattern TOTALS =
      Pattern.compile("\\s{2}\\w{1,60}\\s{0,60}=\\s{2,60}\\S{1,40}\\s*");

  private static final Pattern MODE =
      Pattern.compile(
          "\"(?:mode|phase|split)\"\\s*:\\s*\"(train|val|valid|validation|test|eval)\"");

  private static final Pattern EPOCH_DICTIONARY = Pattern.compile("epoch\\s+\\d+\\s*:\\s*\\{");

  /** Names met lately: a log repeats its own, line after line. */

  /** Reads a line; empty when it shows nothing of a training. */
  static Optional<ConsoleLine> of(String raw, Vocabulary vocabulary) {
    if (raw.isBlank()
        || raw.contains("Namespace(")
        || raw.startsWith("  ") && TOTALS.matcher(raw).matches()) {
      return Optional.empty();
    }
    Matcher logger = PREFIX.matcher(lower(raw));
    String line = (logger.find() ? raw.substring(logger.end()) : raw).replace("'s ", " ");
    String lower = lower(line);
    boolean bar = BAR.matcher(line).find();
    double epoch = Double.NaN;
    double step = Double.NaN;
    double within = Double.NaN;
    double length = Double.NaN;
    boolean counted = false;
    int from = 0;
    Matcher m = EPOCH.matcher(lower);
    if (m.find()) {
      from = m.end(); // "Epoch [1/5]" is no place within the epoch
      String number = m.group(1) == null ? m.group(3) : m.group(1);
      epoch = Double.parseDouble(number);
      // transformers writes the share of the training passed, as 0.5 and, at its end, as 1 or 1.0
      boolean share = line.contains("{") && line.indexOf('{') < m.start();
      counted = number.indexOf('.') < 0 && !share;
    } else {
      Matcher head = TIMM.matcher(lower);
      Matcher round = ROUND.matcher(lower);
      if (head.find()) {
        epoch = Double.parseDouble(head.group(1));
        counted = true;
      } else if (round.find()) {
        epoch = Double.parseDouble(round.group(1));
        counted = true;
      }
    }
    Matcher s = STEP.matcher(lower);
    boolean mayStep = lower.contains("step") || lower.contains("iter") || lower.contains("batch");
    if (mayStep && s.find()) {
      boolean global = s.group().startsWith("global");
      if (Double.isNaN(epoch) || global || line.stripLeading().startsWith("{")) {
        step = Double.parseDouble(s.group(1));
      } else {
        within = Double.parseDouble(s.group(1));
        length = s.group(2) == null ? Double.NaN : Double.parseDouble(s.group(2));
      }
    }
    Matcher w = WITHIN.matcher(lower);
    if (Double.isNaN(within) && w.find(from)) {
      within = Double.parseDouble(w.group(1));
      length = Double.parseDouble(w.group(2));
    }
    Matcher at = BAR_AT.matcher(lower);
    if (bar && at.find(from)) {
      within = Double.parseDouble(at.group(1));
      length = Double.parseDouble(at.group(2));
    }
    Split split = split(lower);
    Map<String, Double> values = values(line, lower, split, vocabulary);
    boolean batches =
        split != null
            && split != Split.TRAIN
            && (bar || !Double.isNaN(within))
            && !values.isEmpty();
    if (values.isEmpty() && (Double.isNaN(epoch) || ASIDE.matcher(lower).find())) {
      return Optional.empty();
    }
    return Optional.of(new ConsoleLine(epoch, counted, step, within, length, bar, batches, values));
  }

  private static Split split(String line) {
    Matcher mode = MODE.matcher(line);
    if (line.startsWith("{") && mode.find()) {
      return Split.of(mode.group(1)).orElse(null);
    }
    Matcher m = SPLIT.matcher(line);
    if (m.find()) {
      String word = m.group(1);
      return word.startsWith("v") || word.startsWith("e") || word.equals("dev")
          ? Split.VALIDATION
          : word.startsWith("tr") ? Split.TRAIN : Split.TEST;
    }
    boolean result = line.stripLeading().startsWith("* ") && line.contains("@1");
    return result
            || line.contains("{") && !line.contains("loss") && EPOCH_DICTIONARY.matcher(line).find()
        ? Split.VALIDATION
        : null;
  }

  private static Map<String, Double> values(
      String line, String lower, Split split, Vocabulary vocabulary) {
    Map<String, Double> found = new LinkedHashMap<>();
    for (Pattern pattern : new Pattern[] {ASSIGNED, BESIDE}) {
      Matcher m = pattern.matcher(lower);
      while (m.find()) {
        String name = line.substring(qualified(lower, m.start(1)), m.end(1)).strip();
        Optional<Tag> tag = known(name, vocabulary);
        if (tag.isPresent()) {
          boolean told = tag.get().stated() || tag.get().split() == null || split == null;
          found.putIfAbsent(told ? name : split.id() + "_" + name, value(m));
        }
      }
    }
    return found;
  }

  /** Where the words begin that qualify the name at a place. */
  private static int qualified(String lower, int name) {
    if (name == 0 || " /_-".indexOf(lower.charAt(name - 1)) < 0) {
      return name;
    }
    Matcher m = QUALIFIERS.matcher(lower).region(Math.max(0, name - QUALIFIED), name);
    m.useTransparentBounds(true);
    return m.find() ? m.start() : name;
  }

  /** Letters of the Latin alphabet in lower case: the places stay the same. */
  private static String lower(String text) {
    char[] all = text.toCharArray();
    for (int i = 0; i < all.length; i++) {
      all[i] += all[i] >= 'A' && all[i] <= 'Z' ? 'a' - 'A' : 0;
    }
    return new String(all);
  }

  private static Optional<Tag> known(String name, Vocabulary vocabulary) {
    Optional<Tag> tag = vocabulary.tag(name, null);
    String quantity = tag.map(Tag::quantity).orElse("");
    boolean other =
        quantity.equals(Quantity.LOSS_SCALE)
            || quantity.equals("acc-5")
            || quantity.contains("auc")
            || quantity.equals("perplexity")
            || quantity.contains("accuracy")
            || quantity.contains("logloss");
    // "[loss_scaler.py:190]" names a source file
    return tag.filter(t -> (other || MetricLists.tells(name, vocabulary)) && !name.endsWith(".py"));
  }

  private static double value(Matcher m) {
    String number = m.group(2);
    double value =
        number.endsWith("nan")
            ? Double.NaN
            : number.contains("inf")
                ? (number.startsWith("-") ? -1 : 1) * Double.POSITIVE_INFINITY
                : Double.parseDouble(number);
    String unit = m.group(3) == null ? "" : m.group(3).strip();
    if (unit.equals("%")) {
      return value / 100;
    }
    if (unit.startsWith("/")) {
      double of = Double.parseDouble(unit.substring(1).strip());
      return of > 0 ? value / of : value;
    }
    return value;
  }
}
