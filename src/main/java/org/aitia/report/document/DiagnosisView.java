package org.aitia.report.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Excerpt;
import org.aitia.report.Story;
import org.aitia.report.Words;

/**
 * What the templates of a diagnosis name.
 *
 * @param pictures linked to from Markdown
 */
public record DiagnosisView(
    Knowledge knowledge,
    Diagnosis d,
    Words words,
    Excerpt excerpt,
    Story story,
    Panels panels,
    List<Link> pictures) {
  private static final int MAX_MARKS = 3;

  public DiagnosisView(Knowledge knowledge, Diagnosis diagnosis) {
    this(knowledge, diagnosis, List.of());
  }

  DiagnosisView(Knowledge knowledge, Diagnosis diagnosis, List<Link> pictures) {
    this(
        knowledge,
        diagnosis,
        new Words(knowledge, Language.of(diagnosis.language())),
        new Excerpt(knowledge, diagnosis),
        pictures);
  }

  private DiagnosisView(
      Knowledge knowledge, Diagnosis d, Words words, Excerpt excerpt, List<Link> pictures) {
    this(
        knowledge,
        d,
        words,
        excerpt,
        new Story(knowledge, d),
        new Panels(excerpt, d, words),
        pictures);
  }

  /** A file by its name and path. */
  public record Link(String name, String path) {}

  /**
   * A section with a heading and a link from the top.
   *
   * @param part of those about what is wanted besides faults; null for all others
   */
  public record Section(String id, String heading, SectionParts.Part part) {}

  /**
   * A picture.
   *
   * @param marks what its numbers mean
   */
  public record Figure(String id, String picture, List<Panels.Mark> marks) {}

  public String language() {
    return words.language() == Language.ZH ? "zh-Hans" : "en";
  }

  public String style() {
    return Templates.file("report.css");
  }

  /** The sections that have something to say. */
  public List<Section> sections() {
    List<Section> found = new ArrayList<>();
    add(found, d.previous() != null, "previous", source(d.previous()));
    add(found, !excerpt.likely().isEmpty(), "causes");
    add(found, !excerpt.others().isEmpty(), "others");
    add(found, !d.actions().isEmpty(), "next");
    for (SectionParts.Part part : parts()) {
      found.add(new Section(part.id(), words.say("heading-" + part.id()), part));
    }
    add(found, d.reference() != null, "reference", source(d.reference()));
    add(found, !excerpt.symptoms().isEmpty(), symptoms());
    add(found, !panels.all().isEmpty(), "curves");
    add(found, true, "tree");
    add(found, !questions().isEmpty(), "questions");
    return found;
  }

  private void add(List<Section> found, boolean wanted, String id, Object... values) {
    if (wanted) {
      found.add(new Section(id, words.say("heading-" + id, values), null));
    }
  }

  public List<SectionParts.Part> parts() {
    return SectionParts.of(d);
  }

  /** What the symptoms are called: nothing has to be repaired in a healthy run. */
  public String symptoms() {
    return d.verdict() == Verdict.HEALTHY ? "noticed" : "symptoms";
  }

  /** A healthy run is asked nothing. */
  public List<Diagnosis.Question> questions() {
    return d.verdict() == Verdict.HEALTHY ? List.of() : d.questions();
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

  public List<Figure> figures() {
    return panels.all().stream().map(this::figure).toList();
  }

  public Figure figure(Panels.Panel panel) {
    return new Figure(panel.id(), new Chart(words).inline(panel), panel.marks());
  }

  /** Where in the curves that which speaks for or against a cause can be seen. */
  public List<Panels.Mark> marksOf(List<String> observations) {
    return panels.of(observations).stream().limit(MAX_MARKS).toList();
  }

  /** As a diagram in the Mermaid language. */
  public String chain(Diagnosis.Cause cause) {
    return new Mermaid(knowledge, words).chain(cause, d);
  }

  /** As a diagram in the Mermaid language. */
  public String tree() {
    return new Mermaid(knowledge, words).tree(d);
  }

  /** The first of a list: a page is no table. */
  public List<?> first(int most, List<?> all) {
    return all.subList(0, Math.min(most, all.size()));
  }

  /** A value with its unit. */
  public String value(Diagnosis.Observation o) {
    String value =
        o.value() instanceof Number v ? Words.number(v.doubleValue()) : String.valueOf(o.value());
    return value + words.unit(o.unit());
  }
}
