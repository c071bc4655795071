package org.aitia.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Readout;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Provision;
import org.aitia.knowledge.Verdict;

/** A diagnosis told in a few sentences; the same ones for every format that people read. */
public final class Story {
  private static final int MAX_FILES = 4;
  private static final int MAX_UNREAD = 3;
  private static final int MAX_CURVES = 2;

  private final Knowledge knowledge;
  private final Diagnosis diagnosis;
  private final Words words;
  private final Excerpt excerpt;

  public Story(Knowledge knowledge, Diagnosis diagnosis) {
    this.knowledge = knowledge;
    this.diagnosis = diagnosis;
    this.words = new Words(knowledge, Language.of(diagnosis.language()));
    this.excerpt = new Excerpt(knowledge, diagnosis);
  }

  /**
   * What to do next.
   *
   * @param cost of doing it, by its id
   */
  public record Step(String title, String text, String cost) {}

  /** The files that were read, those with curves first, each with the points of its longest. */
  public String read() {
    if (diagnosis.read() == null) {
      return "";
    }
    List<String> files =
        diagnosis.read().files().stream()
            .filter(f -> !f.state().equals("skipped"))
            .sorted(Comparator.comparing((Readout.File f) -> longest(f.file()).isEmpty()))
            .map(this::file)
            .toList();
    return some(files, MAX_FILES);
  }

  private String file(Readout.File file) {
    List<String> of = new ArrayList<>();
    longest(file.file())
        .ifPresent(
            l ->
                of.add(
                    words.say(
                        "screen-points-" + (l.points() == 1 ? "one" : l.axis()), l.points())));
    if (file.state().equals("part")) {
      of.add(words.say("file-partial"));
    }
    return of.isEmpty()
        ? file.file()
        : words.say("screen-file", file.file(), String.join(words.say("comma"), of));
  }

  private Optional<Readout.Line> longest(String file) {
    return diagnosis.read().series().stream()
        .filter(l -> l.file().equals(file))
        .max(Comparator.comparingLong(Readout.Line::points));
  }

  /** The files of which nothing was read; empty when there are none. */
  public String unread() {
    return diagnosis.read() == null
        ? ""
        : some(
            diagnosis.read().files().stream()
                .filter(f -> f.state().equals("skipped"))
                .map(Readout.File::file)
                .toList(),
            MAX_UNREAD);
  }

  private String some(List<String> names, int most) {
    String shown = names.stream().limit(most).collect(Collectors.joining(words.say("comma")));
    int left = names.size() - most;
    return left > 0 ? shown + words.say("comma") + words.say("more-evidence", left) : shown;
  }

  /** Whether the program's end is what happened, and no fault of the run. */
  public boolean crashed() {
    return diagnosis.sections().crash() != null && diagnosis.verdict() != Verdict.FAULTY;
  }

  /** What happened, in one sentence: the gravest symptom, or the verdict where there is none. */
  public String happened() {
    if (crashed()) {
      return sentence(diagnosis.sections().crash().text());
    }
    boolean faulty = diagnosis.verdict() == Verdict.FAULTY;
    return excerpt.symptoms().stream()
        .filter(
            s -> faulty || diagnosis.verdict() != Verdict.HEALTHY && !s.severity().equals("low"))
        .findFirst()
        .map(s -> sentence(s.text()))
        .orElse(diagnosis.summary());
  }

  /** Of a healthy run what is worth a look all the same; empty when there is nothing. */
  public String noticed() {
    return diagnosis.verdict() != Verdict.HEALTHY
        ? ""
        : excerpt.symptoms().stream().findFirst().map(Diagnosis.Symptom::text).orElse("");
  }

  private String sentence(String clause) {
    if (words.language() == Language.ZH) {
      return clause + "。";
    }
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }

  /** The curves that show it: the loss, and the first metric that was evaluated. */
  public List<Diagnosis.Curve> curves() {
    List<Diagnosis.Curve> main = excerpt.main();
    List<Diagnosis.Curve> found = new ArrayList<>(main.stream().limit(1).toList());
    main.stream()
        .skip(1)
        .max(
            Comparator.comparing((Diagnosis.Curve c) -> !c.name().startsWith("loss"))
                .thenComparing(c -> "validation".equals(c.split())))
        .ifPresent(found::add);
    return found.subList(0, Math.min(MAX_CURVES, found.size()));
  }

  /** How sure it is, and by how many checks. */
  public String sure() {
    int made = excerpt.made();
    int total = excerpt.total();
    if (diagnosis.verdict() == Verdict.HEALTHY) {
      return words.say("checks-made", made, total);
    }
    if (diagnosis.causes().isEmpty()) {
      return words.say("screen-sure-none", made, total);
    }
    double first = diagnosis.causes().get(0).probability();
    boolean either =
        diagnosis.causes().stream().skip(1).anyMatch(c -> c.probability() >= limit("suspicion"))
            && diagnosis.actions().stream().limit(1).map(Excerpt::kind).anyMatch("confirm"::equals);
    String how =
        first >= limit("sure")
            ? either ? "either" : "certain"
            : first >= limit("suspicion")
                ? "likely"
                : first >= limit("plausible") ? "lead" : "faint";
    return words.say("screen-sure-" + how, made, total);
  }

  private double limit(String id) {
    return knowledge.weights().limit(id);
  }

  /**
   * The repair of a cause that is certain; else what tells the suspects apart at the least cost:
   * the experiment on the first cause, a question where that is cheaper, or a file where no cause
   * has a lead. What ended the program brings its own repairs.
   */
  public Optional<Step> next() {
    if (crashed()) {
      return Optional.empty();
    }
    Optional<Diagnosis.Action> action = diagnosis.actions().stream().findFirst();
    Optional<Diagnosis.Question> question = diagnosis.questions().stream().findFirst();
    boolean lead =
        !diagnosis.causes().isEmpty()
            && diagnosis.causes().get(0).probability() >= limit("plausible");
    Optional<Diagnosis.Provide> file =
        files().stream().findFirst().filter(p -> !lead && p.cost().equals(Cost.SECONDS.id()));
    if (file.isPresent() && diagnosis.verdict() != Verdict.HEALTHY) {
      Diagnosis.Provide p = file.get();
      return Optional.of(new Step(words.say("screen-provide", p.text()), p.how(), p.cost()));
    }
    if (question.isPresent()
        && (action.isEmpty() || cheaper(question.get().cost(), action.get().cost(), lead))) {
      Diagnosis.Question q = question.get();
      return Optional.of(new Step(q.text(), q.how(), q.cost()));
    }
    return action.map(
        a -> {
          String kind = Excerpt.kind(a);
          String about = words.cause(a.cause());
          return new Step(kind == null ? about : words.say(kind, about), a.text(), a.cost());
        });
  }

  /** Of equal cost the experiment comes first where its cause has a lead, else the question. */
  private static boolean cheaper(String question, String action, boolean lead) {
    int saved = Cost.of(action).compareTo(Cost.of(question));
    return saved > 0 || saved == 0 && !lead;
  }

  /** What to add, in the order of what it would decide; your answers come last of all. */
  public String add(int most) {
    return files().stream()
        .limit(most)
        .map(this::provide)
        .collect(Collectors.joining(words.say("screen-then")));
  }

  private List<Diagnosis.Provide> files() {
    return diagnosis.provide().stream().filter(p -> !p.id().equals(Provision.ANSWERS)).toList();
  }

  /** What to add, and how many checks that decides. */
  public String provide(Diagnosis.Provide p) {
    int checks = p.checks().size();
    String term = checks == 1 ? "-one" : p.ofSuspects() == 0 ? "" : "-of-suspects";
    return words.say("provide" + term, p.text(), checks, p.ofSuspects());
  }

  /** The first sentence of a text. */
  public static String firstSentence(String text) {
    for (int i = 0; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      boolean end = c == '。' || (c == '.' || c == '?') && text.charAt(i + 1) == ' ';
      if (end) {
        return text.substring(0, i + 1);
      }
    }
    return text;
  }
}
