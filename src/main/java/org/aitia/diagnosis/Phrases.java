package org.aitia.diagnosis;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.limit.Failure;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Answer;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.run.Report;

/** Fills the texts of the knowledge base with what was measured. */
final class Phrases {
  /** What a run fills in. */
  private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

  /** Where a clause begins that a sentence can do without. */
  private static final Pattern CLAUSE = Pattern.compile("[:;,] | \\(|[：；，（]");

  private final Knowledge knowledge;
  private final Language language;
  private final String other;
  private final Report report;
  private final Map<String, Known> known;

  Phrases(Knowledge knowledge, Language language) {
    this(knowledge, language, "other-reference");
  }

  /**
   * Phrases about a run held against another one.
   *
   * @param other term for that other run
   */
  Phrases(Knowledge knowledge, Language language, String other) {
    this(knowledge, language, other, Report.none(), Map.of());
  }

  /**
   * Phrases of one diagnosis.
   *
   * @param report what was stated and answered
   * @param known what the files answer themselves, by question
   */
  Phrases(Knowledge knowledge, Language language, Report report, Map<String, Known> known) {
    this(knowledge, language, "other-reference", report, known);
  }

  private Phrases(
      Knowledge knowledge,
      Language language,
      String other,
      Report report,
      Map<String, Known> known) {
    this.knowledge = knowledge;
    this.language = language;
    this.other = other;
    this.report = report;
    this.known = known;
  }

  /** The symptom's text with its numbers. */
  String symptom(Symptom symptom) {
    String text =
        symptom.type().text().in(language).replace("{other}", knowledge.term(other, language));
    Observation o = symptom.observation();
    if (symptom.type().threshold() != null) {
      text = fill(text, "{limit}", () -> number(symptom.type().threshold().limit()));
    }
    if (o == null) {
      return stated(symptom.id(), text);
    }
    text = fill(text, "{value}", () -> number(o.value()));
    text = fill(text, "{percent}", () -> number(100 * o.value()));
    text = fill(text, "{gained}", () -> number(Math.max(0, 100 * o.value())));
    text = fill(text, "{step}", () -> o.place().step() == null ? "?" : number(o.place().step()));
    text = fill(text, "{layer}", () -> o.place().layer() == null ? "?" : o.place().layer());
    text = fill(text, "{split}", () -> split(o));
    text = fill(text, "{detail}", () -> o.detail() == null ? "" : o.detail());
    return o.confidence() == null
        ? text
        : text + " " + knowledge.term("confidence-" + o.confidence().id(), language);
  }

  /** The text of a symptom that was not measured: of its numbers only the step may be known. */
  private String stated(String id, String text) {
    String known =
        report.symptoms().stream()
            .filter(s -> s.id().equals(id) && Double.isFinite(s.since()))
            .findFirst()
            .map(s -> text.replace("{step}", number(s.since())))
            .orElse(text);
    Matcher place = PLACE.matcher(known);
    if (!place.find()) {
      return known;
    }
    Matcher clause = CLAUSE.matcher(known).region(0, place.start());
    int end = 0;
    while (clause.find()) {
      end = clause.start();
    }
    return end > 0 ? known.substring(0, end) : place.replaceAll("…");
  }

  private String split(Observation o) {
    return o.place().split() == null
        ? ""
        : knowledge.term("split-" + o.place().split().id(), language);
  }

  /** Numbers are put into words only where they are told. */
  private static String fill(String text, String place, Supplier<String> value) {
    return text.contains(place) ? text.replace(place, value.get()) : text;
  }

  /**
   * What a rule saw, in words: the texts of the symptoms that it matched, or the question and its
   * answer.
   */
  String claim(Claim claim) {
    return claim(claim, Set.of());
  }

  /**
   * The same without what was said before, as long as something is left to say.
   *
   * @param said texts of symptoms
   */
  String claim(Claim claim, Set<String> said) {
    List<Answer> answers = claim.because(Answer.class);
    if (!answers.isEmpty()) {
      return answer(answers.get(0).question(), answers.get(0).value());
    }
    List<String> texts = texts(claim);
    List<String> fresh = texts.stream().filter(t -> !said.contains(t)).toList();
    String joined =
        String.join(language == Language.ZH ? "；" : "; ", fresh.isEmpty() ? texts : fresh);
    return joined.isEmpty() ? claim.rule() : joined;
  }

  /** A question with its answer, and what of the files that overrules. */
  private String answer(String id, String band) {
    Question question = knowledge.questions().get(id);
    String given = report.answers().getOrDefault(id, band);
    if (question == null) {
      return id + ": " + given;
    }
    Known overruled = known.get(id);
    String said =
        MessageFormat.format(
            knowledge.term("question-and-answer", language),
            question.text().in(language),
            knowledge.answer(question, given, language));
    return overruled == null || overruled.source() == null
        ? said
        : said
            + " "
            + MessageFormat.format(
                knowledge.term("answer-overrules", language), overruled.source());
  }

  /** The texts of what a rule saw, without what others of them say with more. */
  List<String> texts(Claim claim) {
    List<Symptom> symptoms = claim.because(Symptom.class);
    Set<String> ids = symptoms.stream().map(Symptom::id).collect(Collectors.toSet());
    boolean definite = symptoms.stream().anyMatch(s -> !s.type().telling().background());
    return symptoms.stream()
        .filter(s -> !(definite && s.type().telling().background()))
        .filter(s -> s.type().telling().toldBy().stream().noneMatch(ids::contains))
        .map(this::symptom)
        .distinct()
        .toList();
  }

  /** A probability in whole percent, never claiming certainty. */
  static String chance(double probability) {
    long percent = Math.round(100 * probability);
    return percent >= 100 ? ">99 %" : percent < 1 ? "<1 %" : percent + " %";
  }

  /** Three significant digits, as people write them. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    double size = Math.abs(value);
    if (size == Math.rint(size) && size < 1e6) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (size >= 1e5 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.2g", value)
          .replaceAll("e([+-])0*(\\d)", "e$1$2")
          .replace("e+", "e");
    }
    String text =
        String.format(
            Locale.ROOT,
            size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g",
            value);
    return text.contains(".") ? text.replaceAll("(?<!0)0++$", "").replaceAll("\\.$", "") : text;
  }

  /** Which part of the program failed. */
  String what(Failure failure) {
    return MessageFormat.format(
        knowledge.term("failed-" + failure.part().id(), language), failure.name(), failure.about());
  }
}
