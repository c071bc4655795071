package org.aitia.report.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Excerpt;
import org.aitia.report.Story;
import org.aitia.report.Words;

/** What {@code diagnosis.html} names. */
record HtmlPage(Knowledge knowledge, Diagnosis d, Words words, Excerpt excerpt, Story story) {
  private static final int MAX_FILES = 100;
  private static final int MAX_OBSERVATIONS = 150;

  HtmlPage(Knowledge knowledge, Diagnosis diagnosis) {
    this(
        knowledge,
        diagnosis,
        new Words(knowledge, Language.of(diagnosis.language())),
        new Excerpt(knowledge, diagnosis),
        new Story(knowledge, diagnosis));
  }

  /**
   * A section with a heading and a link from the top.
   *
   * @param part of those about what is wanted besides faults; null for all others
   */
  public record Section(String id, String heading, SectionParts.Part part) {}

  /**
   * A picture.
   *
   * @param marks what its numbers mean, by the step that they stand at
   */
  public record Figure(String picture, Map<Double, String> marks) {}

  public String language() {
    return words.language() == Language.ZH ? "zh-Hans" : "en";
  }

  public String style() {
    return Templates.file("report.css");
  }

  /** The sections that have something to say. */
  public List<Section> sections() {
    boolean healthy = d.verdict() == Verdict.HEALTHY;
    List<Section> found = new ArrayList<>();
    add(found, d.previous() != null, "heading-previous", source(d.previous()));
    add(found, !excerpt.likely().isEmpty(), "heading-causes");
    add(found, !excerpt.others().isEmpty(), "heading-others");
    add(found, !d.actions().isEmpty(), "heading-next");
    for (SectionParts.Part part : SectionParts.of(d)) {
      found.add(new Section(id(part.heading()), words.say(part.heading()), part));
    }
    add(found, d.reference() != null, "heading-reference", source(d.reference()));
    boolean symptoms = !excerpt.symptoms().isEmpty();
    add(found, symptoms, healthy ? "heading-noticed" : "heading-symptoms");
    add(found, !charts().isEmpty(), "heading-curves");
    add(found, true, "heading-tree");
    add(found, !healthy && !d.questions().isEmpty(), "heading-questions");
    return found;
  }

  private void add(List<Section> found, boolean wanted, String term, Object... values) {
    if (wanted) {
      found.add(new Section(id(term), words.say(term, values), null));
    }
  }

  private static String id(String heading) {
    return heading.substring(heading.indexOf('-') + 1);
  }

  private static String source(Diagnosis.Previous run) {
    return run == null ? null : run.source();
  }

  private static String source(Diagnosis.Reference run) {
    return run == null ? null : run.source();
  }

  /** What became of what the previous run showed. */
  public List<Compared.Group> outcomes() {
    return Compared.groups(d.previous());
  }

  public List<String> findings() {
    return d.reference().findings().stream().map(Diagnosis.Finding::text).toList();
  }

  public String agreed() {
    return String.join(words.say("comma"), d.reference().agreements());
  }

  /** A probability as the width of a bar, in percent. */
  public String share(double probability) {
    return String.format(Locale.ROOT, "%.1f", 100 * Math.min(1, Math.max(0, probability)));
  }

  public String step(String id) {
    Step step = knowledge.steps().get(id);
    return step == null ? id : number(id) + step.name().in(words.language());
  }

  /** The number of a step, as in {@code 4a}, with a blank; empty for the preparations. */
  public String number(String step) {
    int dot = step.indexOf('.');
    return dot > 0 && Character.isDigit(step.charAt(0)) ? step.substring(0, dot) + " " : "";
  }

  /** Whether a step is part of another. */
  public boolean below(String id) {
    Step step = knowledge.steps().get(id);
    return step != null && step.parent() != null;
  }

  public String sign(Diagnosis.StepState step) {
    return Words.sign(step.state());
  }

  /** How many checks of a step were made; empty where it has none. */
  public String made(String step) {
    int[] checks = excerpt.checksOf(step);
    return checks[1] == 0 ? "" : " " + checks[0] + "/" + checks[1];
  }

  public String about(Diagnosis.Action action) {
    String kind = Excerpt.kind(action);
    String about = words.cause(action.cause());
    return kind == null ? about : words.say(kind, about);
  }

  private List<List<Diagnosis.Curve>> charts() {
    List<List<Diagnosis.Curve>> charts = new ArrayList<>(excerpt.charts().values());
    if (charts.size() > 1) {
      // Where all is NaN the first chart has said so.
      charts.subList(1, charts.size()).removeIf(c -> c.stream().noneMatch(HtmlPage::drawn));
    }
    return charts;
  }

  private static boolean drawn(Diagnosis.Curve curve) {
    return Arrays.stream(curve.values()).anyMatch(Double::isFinite);
  }

  public List<Figure> figures() {
    Chart chart = new Chart(words);
    List<Figure> found = new ArrayList<>();
    for (List<Diagnosis.Curve> curves : charts()) {
      String suffix = String.valueOf(found.size() + 1);
      found.add(new Figure(chart.inline(curves, d, suffix), chart.marks(curves, d)));
    }
    return found;
  }

  /** The first observations: a page is no table. */
  public List<Diagnosis.Observation> observations() {
    return d.observations().stream().limit(MAX_OBSERVATIONS).toList();
  }

  /** A value with its unit. */
  public String value(Diagnosis.Observation o) {
    String value =
        o.value() instanceof Number v ? Words.number(v.doubleValue()) : String.valueOf(o.value());
    return value + words.unit(o.unit());
  }

  public List<Diagnosis.File> files() {
    return d.files().stream().limit(MAX_FILES).toList();
  }
}
