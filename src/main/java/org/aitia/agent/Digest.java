package org.aitia.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Page;
import org.aitia.report.Cells;
import org.aitia.report.Excerpt;
import org.aitia.report.Story;
import org.aitia.report.Words;

/** A diagnosis in what an agent needs to go on: what is likely, why, what to do, what to add. */
final class Digest {
  private static final int MAX_EVIDENCE = 4;
  private static final int MAX_OTHERS = 3;
  private static final int MAX_SYMPTOMS = 5;
  private static final int MAX_ADD = 3;

  private final Knowledge knowledge;
  private final Diagnosis diagnosis;
  private final Words words;
  private final Excerpt excerpt;
  private final Story story;

  Digest(Knowledge knowledge, Diagnosis diagnosis) {
    this.knowledge = knowledge;
    this.diagnosis = diagnosis;
    this.words = new Words(knowledge, Language.of(diagnosis.language()));
    this.excerpt = new Excerpt(knowledge, diagnosis);
    this.story = new Story(knowledge, diagnosis);
  }

  /** The same choice of it as text reports make. */
  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("verdict", diagnosis.verdict().id());
    content.put("summary", diagnosis.summary());
    content.put("happened", story.happened());
    content.put("sure", story.sure());
    content.put("read", story.read());
    content.put("causes", causes());
    content.put(
        "symptoms",
        excerpt.symptoms().stream().limit(MAX_SYMPTOMS).map(Diagnosis.Symptom::text).toList());
    story
        .next()
        .ifPresent(
            n -> content.put("next", Map.of("do", n.title(), "how", n.text(), "cost", n.cost())));
    if (diagnosis.sections().crash() != null) {
      var crash = diagnosis.sections().crash();
      content.put("ended", Map.of("text", crash.text(), "repairs", crash.repairs()));
    }
    content.put("add", add(MAX_ADD));
    if (!diagnosis.failed().isEmpty()) {
      content.put(
          "failed", diagnosis.failed().stream().map(f -> f.part() + ": " + f.why()).toList());
    }
    return content;
  }

  /** The likely causes with their evidence, and the next few by name. */
  List<Map<String, Object>> causes() {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Diagnosis.Cause cause : excerpt.likely()) {
      Page page = knowledge.cause(cause.id()).page(words.language());
      Map<String, Object> one = named(cause);
      one.put("evidence", cause.supports().stream().limit(MAX_EVIDENCE).map(this::seen).toList());
      one.put("confirm", page.confirm());
      one.put("repair", page.repair());
      found.add(one);
    }
    excerpt.others().stream().limit(MAX_OTHERS).map(Digest::named).forEach(found::add);
    return found;
  }

  private Map<String, Object> seen(Diagnosis.Evidence evidence) {
    return Map.of("text", evidence.text(), "where", excerpt.places(evidence.observations()));
  }

  static Map<String, Object> named(Diagnosis.Cause cause) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("id", cause.id());
    one.put("name", cause.name());
    one.put("probability", cause.probability());
    return one;
  }

  /** What to add, what decides most first. */
  List<Map<String, Object>> add(int most) {
    return diagnosis.provide().stream()
        .limit(most)
        .map(
            p -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("what", p.text());
              one.put("how", p.how());
              one.put("cost", p.cost());
              one.put("checks", p.checks().size());
              one.put("ofSuspects", p.ofSuspects());
              return one;
            })
        .toList();
  }

  /** The same in a few lines. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        words.say("verdict-" + diagnosis.verdict().id())
            + words.say("colon")
            + diagnosis.summary());
    for (Diagnosis.Cause cause : excerpt.likely()) {
      lines.add(
          "- "
              + cause.name()
              + " ("
              + cause.id()
              + ", "
              + Words.percent(cause.probability())
              + ")");
      for (Diagnosis.Evidence e : cause.supports().stream().limit(MAX_EVIDENCE).toList()) {
        List<String> where = excerpt.places(e.observations(), 2);
        lines.add(
            "  + " + e.text() + (where.isEmpty() ? "" : " [" + String.join(", ", where) + "]"));
      }
    }
    story
        .next()
        .ifPresent(
            n ->
                lines.add(
                    words.say("screen-next")
                        + words.say("colon")
                        + n.title()
                        + words.say("colon")
                        + n.text()));
    String add = story.add(MAX_ADD);
    if (!add.isEmpty()) {
      lines.add(words.say("screen-add") + words.say("colon") + add);
    }
    return String.join("\n", lines.stream().map(Cells::clean).toList());
  }
}
