package org.aitia.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.dialogue.Implausible;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.Words;
import org.aitia.report.page.Pages;
import org.aitia.run.Companions;
import org.aitia.run.Run;

/**
 * What an agent can ask for. Nothing is kept from call to call: the same run and the same answers
 * give the same answer. Safe for concurrent use.
 */
final class AgentTools {
  private static final int MAX_ALIKE = 10;
  private static final int MAX_DIFFERENCES = 20;

  /** Ends a number that is meant though it is implausible, as in files of answers. */
  private static final String INSIST = "!";

  private final Supplier<Diagnoser> diagnosers;
  private final NamedRuns reading;

  AgentTools(Supplier<Diagnoser> diagnosers, Reach reach) {
    this.diagnosers = diagnosers;
    this.reading = new NamedRuns(reach);
  }

  /** An answer, for reading and for going on with. */
  record Reply(String text, Map<String, Object> content) {}

  Reply diagnose(CallArguments given) throws Refused, IOException {
    Diagnoser diagnoser = diagnosers.get();
    Diagnosis diagnosis = diagnoser.diagnose(reading.run(given, "", diagnoser), given.language());
    Digest digest = new Digest(diagnoser.knowledge(), diagnosis);
    return new Reply(digest.text(), digest.content());
  }

  /** What to add to the run, what would decide most first. */
  Reply evidence(CallArguments given) throws Refused, IOException {
    Diagnoser diagnoser = diagnosers.get();
    Diagnosis diagnosis = diagnoser.diagnose(reading.run(given, "", diagnoser), given.language());
    List<Map<String, Object>> add =
        new Digest(diagnoser.knowledge(), diagnosis).add(Integer.MAX_VALUE);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("verdict", diagnosis.verdict().id());
    content.put("summary", diagnosis.summary());
    content.put("add", add);
    content.put("notChecked", diagnosis.notChecked().size());
    List<String> lines = new ArrayList<>(List.of(diagnosis.summary()));
    add.forEach(
        a ->
            lines.add(
                "- %s: %s [%s, %s/%s]"
                    .formatted(
                        a.get("what"),
                        a.get("how"),
                        a.get("cost"),
                        a.get("ofSuspects"),
                        a.get("checks"))));
    return new Reply(String.join("\n", lines), content);
  }

  /** The answers so far, what they lead to, and the question worth most. */
  Reply ask(CallArguments given) throws Refused, IOException {
    Diagnoser diagnoser = diagnosers.get();
    Language language = given.language();
    Map<String, String> answers = given.answers();
    Run run =
        given.text("path") == null && given.text("text") == null
            ? new org.aitia.run.RunBuilder("").build()
            : reading.run(given, "", diagnoser);
    Session session = new Session(diagnoser, diagnoser.examine(run));
    for (Map.Entry<String, String> e : answers.entrySet()) {
      answer(session, e.getKey(), e.getValue());
    }
    Diagnosis diagnosis = session.diagnosis(language);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("verdict", diagnosis.verdict().id());
    content.put("summary", diagnosis.summary());
    content.put("causes", moved(diagnosis, session.state().moved()));
    content.put("answered", session.answers());
    content.put("decided", session.state().decided());
    List<String> lines = new ArrayList<>(List.of(diagnosis.summary()));
    Question next = session.state().next();
    if (next == null) {
      lines.add(new Words(diagnoser.knowledge(), language).say("agent-asked-all"));
    } else {
      Map<String, Object> question = question(next, diagnoser.knowledge(), language);
      content.put("question", question);
      lines.add(next.id() + ": " + next.text().in(language) + " " + question.get("answers"));
      lines.add(next.how().in(language));
    }
    return new Reply(String.join("\n", lines), content);
  }

  private static void answer(Session session, String question, String value) throws Refused {
    try {
      if (value.endsWith(INSIST)) {
        session.insist(question, value.substring(0, value.length() - INSIST.length()));
      } else {
        session.answer(question, value);
      }
    } catch (Implausible e) {
      throw new Refused(
          "%s: %s is hardly meant; usual are %s to %s. Check it, or end it with ! to insist"
              .formatted(
                  question,
                  value,
                  Words.number(e.question().range().min()),
                  Words.number(e.question().range().max())));
    } catch (IllegalArgumentException e) {
      throw new Refused(e.getMessage());
    }
  }

  private static List<Map<String, Object>> moved(Diagnosis diagnosis, Map<String, Double> was) {
    return diagnosis.causes().stream()
        .map(
            c -> {
              Map<String, Object> one = Digest.named(c);
              if (was.containsKey(c.id())) {
                one.put("before", Math.round(1000 * was.get(c.id())) / 1000.0);
              }
              return one;
            })
        .toList();
  }

  private static Map<String, Object> question(
      Question question, Knowledge knowledge, Language language) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("id", question.id());
    found.put("text", question.text().in(language));
    found.put("why", question.why().in(language));
    found.put("how", question.how().in(language));
    found.put("cost", question.cost().id());
    Map<String, String> answers = new LinkedHashMap<>();
    boolean chosen =
        question.kind() == Question.Kind.YES_NO || question.kind() == Question.Kind.CHOICE;
    if (chosen) {
      question
          .answers()
          .keySet()
          .forEach(a -> answers.put(a, knowledge.answer(question, a, language)));
    } else {
      answers.put(question.kind().id(), String.valueOf(question.unit()));
    }
    answers.put(Question.UNKNOWN, knowledge.answer(question, Question.UNKNOWN, language));
    found.put("answers", answers);
    return found;
  }

  /** The run held against another one. */
  Reply compare(CallArguments given) throws Refused, IOException {
    Diagnoser diagnoser = diagnosers.get();
    boolean previous = "previous".equals(given.text("as"));
    if (!previous && given.text("as") != null && !"reference".equals(given.text("as"))) {
      throw new Refused("'as' is reference or previous");
    }
    Run run = reading.run(given, "", diagnoser);
    Run other = reading.run(given, "other_", diagnoser);
    Diagnosis diagnosis =
        diagnoser
            .examine(run, previous ? new Companions(null, other) : new Companions(other, null))
            .diagnose(given.language());
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("verdict", diagnosis.verdict().id());
    content.put("summary", diagnosis.summary());
    content.put("causes", new Digest(diagnoser.knowledge(), diagnosis).causes());
    List<String> lines = new ArrayList<>();
    if (diagnosis.reference() != null) {
      reference(diagnosis.reference(), content, lines);
    }
    if (diagnosis.previous() != null) {
      previous(diagnosis.previous(), content, lines);
    }
    lines.add(diagnosis.summary());
    return new Reply(String.join("\n", lines), content);
  }

  private static void reference(
      Diagnosis.Reference reference, Map<String, Object> content, List<String> lines) {
    content.put("state", reference.state());
    content.put("compared", reference.summary());
    content.put("findings", reference.findings().stream().map(Diagnosis.Finding::text).toList());
    content.put(
        "differences",
        reference.differences().stream()
            .limit(MAX_DIFFERENCES)
            .map(d -> Map.of("text", d.text(), "effect", or(d.effect()), "mayMean", d.causes()))
            .toList());
    lines.add(reference.summary());
    reference.differences().stream()
        .limit(MAX_DIFFERENCES)
        .forEach(d -> lines.add("- " + d.text() + " " + or(d.effect())));
  }

  private static void previous(
      Diagnosis.Previous previous, Map<String, Object> content, List<String> lines) {
    content.put("compared", previous.summary());
    content.put("changes", previous.changes().stream().map(Diagnosis.Change::text).toList());
    content.put("fixed", texts(previous.causes().fixed()));
    content.put("remaining", texts(previous.causes().remaining()));
    content.put("new", texts(previous.causes().fresh()));
    content.put("unclear", texts(previous.causes().unclear()));
    lines.add(previous.summary());
    previous.changes().forEach(c -> lines.add("- " + c.text()));
  }

  private static List<String> texts(List<Diagnosis.Item> items) {
    return items.stream().map(Diagnosis.Item::text).toList();
  }

  private static String or(String text) {
    return text == null ? "" : text;
  }

  /** The page of whatever has an id. */
  Reply explain(CallArguments given) throws Refused {
    Diagnoser diagnoser = diagnosers.get();
    String id = given.needed("id");
    Pages pages =
        new Pages(
            diagnoser.knowledge(),
            diagnoser.rules(),
            new Words(diagnoser.knowledge(), given.language()));
    String page = pages.of(id).orElse(null);
    if (page == null) {
      String word = id.toLowerCase(Locale.ROOT);
      List<String> alike =
          pages.ids().stream()
              .filter(i -> i.toLowerCase(Locale.ROOT).contains(word))
              .limit(MAX_ALIKE)
              .toList();
      throw new Refused(
          "there is no '"
              + id
              + "'"
              + (alike.isEmpty()
                  ? "; all causes are at " + CausePages.LIST
                  : "; there are " + alike));
    }
    return new Reply(page, Map.of("id", id, "page", page));
  }
}
