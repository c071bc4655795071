package org.aitia.report.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Cells;
import org.aitia.report.Excerpt;
import org.aitia.report.Story;
import org.aitia.report.Words;

/** Takes a diagnosis apart into the single things that a pipeline is told. */
public final class Teller {
  /** Rule of a run that nothing can be said of. */
  static final String UNDECIDED = "undecided";

  private static final String SCRIPT = "script";

  /** Formats whose places are lines of the file. */
  private static final Set<String> LINED = Set.of(SCRIPT, "console-log", "environment");

  /** States of files that could be read and were not, or in part. */
  private static final Set<String> DAMAGED = Set.of("failed", "partial");

  private final Knowledge knowledge;

  public Teller(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** What is told of a run that was read. */
  public RunTold tell(Diagnosis diagnosis, UnaryOperator<String> uris) {
    return new Parting(diagnosis, uris).whole();
  }

  /** What is told of a path at which nothing could be read. */
  public RunTold unread(Diagnosis diagnosis, UnaryOperator<String> uris, List<String> why) {
    List<RunTold.Notice> notices =
        new ArrayList<>(
            why.stream().map(w -> new RunTold.Notice(uris.apply(""), w, false)).toList());
    diagnosis
        .failed()
        .forEach(f -> notices.add(new RunTold.Notice(null, f.part() + ": " + f.why(), true)));
    return new RunTold(diagnosis, false, List.of(), notices, 0);
  }

  /** The work on one diagnosis. */
  private final class Parting {
    private final Diagnosis diagnosis;
    private final UnaryOperator<String> uris;
    private final Words words;
    private final Excerpt excerpt;
    private final Map<String, Diagnosis.Observation> observations = new HashMap<>();
    private final Map<String, String> formats = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();

    private Parting(Diagnosis diagnosis, UnaryOperator<String> uris) {
      this.diagnosis = diagnosis;
      this.uris = uris;
      this.words = new Words(knowledge, Language.of(diagnosis.language()));
      this.excerpt = new Excerpt(knowledge, diagnosis);
      diagnosis.observations().forEach(o -> observations.put(o.id(), o));
      diagnosis.files().forEach(f -> formats.put(f.file(), String.valueOf(f.format())));
    }

    private RunTold whole() {
      List<Told> told = new ArrayList<>();
      if (diagnosis.verdict() != Verdict.HEALTHY) {
        excerpt.likely().forEach(c -> told.add(cause(c)));
        diagnosis.symptoms().forEach(s -> findings(s, told));
        if (diagnosis.sections().crash() != null) {
          told.add(crash());
        }
        if (told.isEmpty()) {
          told.add(open());
        }
      }
      return new RunTold(diagnosis, true, List.copyOf(told), notices(), 0);
    }

    private Told cause(Diagnosis.Cause cause) {
      List<Told.Spot> spots = new ArrayList<>();
      for (Diagnosis.Evidence e : cause.supports()) {
        e.observations().stream()
            .map(observations::get)
            .filter(o -> o != null && placed(o))
            .map(o -> spot(o, e.text()))
            .forEach(spots::add);
      }
      // A line of a script says more than the whole of a log.
      spots.sort(Comparator.comparing(s -> s.line() == null));
      String seenAs =
          cause.supports().stream()
              .map(Diagnosis.Evidence::text)
              .map(Cells::clean)
              .distinct()
              .collect(Collectors.joining(words.say("semicolon")));
      String title = cause.name() + " (" + Words.percent(cause.probability()) + ")";
      String repair = knowledge.cause(cause.id()).page(words.language()).repair();
      return new Told(
          cause.id(),
          Told.Kind.CAUSE,
          level(cause.probability()),
          cause.probability(),
          title,
          (seenAs.isEmpty() ? String.valueOf(cause.summary()) : seenAs) + "\n" + repair,
          spots.isEmpty() ? run() : List.copyOf(new java.util.LinkedHashSet<>(spots)),
          key(Told.Kind.CAUSE, cause.id(), ""));
    }

    private Told.Level level(double probability) {
      if (probability >= knowledge.weights().limit("sure")) {
        return Told.Level.ERROR;
      }
      return probability >= knowledge.weights().limit("suspicion")
          ? Told.Level.WARNING
          : Told.Level.NOTE;
    }

    /** The symptom at every line of a script where it was found. */
    private void findings(Diagnosis.Symptom symptom, List<Told> told) {
      Set<String> once = new HashSet<>();
      for (String id : symptom.observations()) {
        Diagnosis.Observation o = observations.get(id);
        if (o == null || !o.subject().equals(SCRIPT) || !placed(o) || !once.add(id)) {
          continue;
        }
        boolean certain = !"likely".equals(o.confidence());
        Told.Level level =
            symptom.severity().equals("low")
                ? Told.Level.NOTE
                : certain && symptom.severity().equals("high")
                    ? Told.Level.ERROR
                    : Told.Level.WARNING;
        String where = o.source().file() + "\n" + String.valueOf(o.detail()).strip();
        told.add(
            new Told(
                symptom.id(),
                Told.Kind.FINDING,
                level,
                null,
                words.say("pipeline-finding"),
                Cells.clean(symptom.text()),
                List.of(spot(o, symptom.text())),
                key(Told.Kind.FINDING, symptom.id(), where)));
      }
    }

    private Told crash() {
      var crash = diagnosis.sections().crash();
      Diagnosis.Source source = crash.source();
      List<Told.Spot> spots =
          source == null || !formats.containsKey(source.file())
              ? run()
              : List.of(
                  spot(source.file(), source.tag(), formats.get(source.file()), crash.text()));
      List<String> lines = new ArrayList<>(List.of(Cells.clean(crash.text())));
      crash.repairs().stream().limit(1).forEach(lines::add);
      return new Told(
          crash.symptom(),
          Told.Kind.CRASH,
          Told.Level.ERROR,
          null,
          words.say("pipeline-crash"),
          String.join("\n", lines),
          spots,
          key(Told.Kind.CRASH, crash.symptom(), ""));
    }

    private Told open() {
      String add = new Story(knowledge, diagnosis).add(1);
      return new Told(
          UNDECIDED,
          Told.Kind.OPEN,
          Told.Level.NONE,
          null,
          words.say("verdict-undecided"),
          diagnosis.summary()
              + (add.isEmpty() ? "" : "\n" + words.say("screen-add") + words.say("colon") + add),
          run(),
          key(Told.Kind.OPEN, UNDECIDED, ""));
    }

    private List<RunTold.Notice> notices() {
      List<RunTold.Notice> notices = new ArrayList<>();
      for (Diagnosis.File file : diagnosis.files()) {
        if (DAMAGED.contains(file.state())) {
          String text = file.file() + words.say("colon") + file.message();
          notices.add(new RunTold.Notice(uris.apply(file.file()), Cells.clean(text), false));
        }
      }
      for (Diagnosis.Failed failed : diagnosis.failed()) {
        String text = failed.part() + words.say("colon") + failed.why();
        notices.add(new RunTold.Notice(null, Cells.clean(text), true));
      }
      return notices;
    }

    private boolean placed(Diagnosis.Observation o) {
      return o.source() != null
          && o.source().file() != null
          && (formats.containsKey(o.source().file()) || o.subject().equals(SCRIPT));
    }

    private Told.Spot spot(Diagnosis.Observation o, String text) {
      String file = o.source().file();
      return spot(
          file,
          o.source().tag(),
          formats.getOrDefault(file, o.subject().equals(SCRIPT) ? SCRIPT : ""),
          text);
    }

    private Told.Spot spot(String file, String tag, String format, String text) {
      boolean line = tag != null && LINED.contains(format) && tag.matches("[1-9]\\d{0,8}");
      return new Told.Spot(
          uris.apply(file),
          line ? Integer.valueOf(tag) : null,
          line || tag == null ? null : Cells.clean(tag),
          Cells.clean(text));
    }

    /** The run as a whole. */
    private List<Told.Spot> run() {
      return List.of(new Told.Spot(uris.apply(""), null, null, Cells.clean(diagnosis.summary())));
    }

    /** Of what is told twice in the same words, such as a line that stands twice, each is one. */
    private String key(Told.Kind kind, String rule, String where) {
      String name = kind + "\n" + rule + "\n" + where;
      int nth = seen.merge(name, 1, Integer::sum);
      return nth == 1 ? name : name + "\n" + nth;
    }
  }
}
