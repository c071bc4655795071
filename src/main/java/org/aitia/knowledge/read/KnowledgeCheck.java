package org.aitia.knowledge.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Difference;
import org.aitia.knowledge.Framework;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnownBy;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Page;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Sign;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Text;
import org.aitia.knowledge.Threshold;

/** Finds ids that lead nowhere and texts that are missing. */
final class KnowledgeCheck {
  private final Knowledge knowledge;
  private final List<String> problems = new ArrayList<>();

  private KnowledgeCheck(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  static List<String> problems(Knowledge knowledge) {
    KnowledgeCheck check = new KnowledgeCheck(knowledge);
    check.causes();
    check.steps();
    check.symptoms();
    check.checks();
    check.questions();
    check.problems.addAll(ProvisionCheck.problems(knowledge));
    knowledge.terms().forEach((id, text) -> check.text("terms.yaml: " + id, text));
    return check.problems;
  }

  private void causes() {
    for (Cause cause : knowledge.causes().values()) {
      String at = "causes/" + cause.family() + "/" + cause.id() + ".md: ";
      known(at + "family", "family-" + cause.family(), knowledge.terms().keySet());
      known(at + "step", cause.step(), knowledge.steps().keySet());
      known(at + "prior", cause.prior(), knowledge.weights().priors().keySet());
      cause.leadsTo().forEach(id -> known(at + "leads-to", id, knowledge.causes().keySet()));
      cause
          .mistakenFor()
          .forEach(id -> known(at + "mistaken-for", id, knowledge.causes().keySet()));
      if (reaches(cause.id(), cause.id(), 0)) {
        problems.add(at + "leads-to comes back to the cause itself");
      }
      for (Page page : List.of(cause.en(), cause.zh())) {
        if (page.name().isBlank()
            || page.summary().isBlank()
            || page.confirm().isBlank()
            || page.repair().isBlank()) {
          problems.add(at + "a page lacks its name, summary, way to confirm or way to repair");
        }
        if (Stream.of(page.name(), page.summary(), page.body()).anyMatch(t -> t.contains("TODO"))) {
          problems.add(at + "a page says TODO");
        }
      }
    }
  }

  private boolean reaches(String from, String to, int depth) {
    Cause cause = knowledge.causes().get(from);
    return cause != null
        && depth < 10
        && cause.leadsTo().stream().anyMatch(n -> n.equals(to) || reaches(n, to, depth + 1));
  }

  private void steps() {
    for (Step step : knowledge.steps().values()) {
      String at = "steps.yaml: " + step.id() + ": ";
      text(at + "name", step.name());
      text(at + "purpose", step.purpose());
      step.waitsFor().forEach(id -> known(at + "waits-for", id, knowledge.steps().keySet()));
      if (step.parent() != null) {
        known(at + "parent", step.parent(), knowledge.steps().keySet());
      }
    }
  }

  private void symptoms() {
    for (SymptomType type : knowledge.symptoms().values()) {
      String at = "symptoms/" + type.subject() + ".yaml: " + type.id() + ": ";
      text(at + "text", type.text());
      type.telling()
          .toldBy()
          .forEach(id -> known(at + "told-by", id, knowledge.symptoms().keySet()));
      if (type.telling().step() != null) {
        known(at + "step", type.telling().step(), knowledge.steps().keySet());
      }
      if (type.sign() != null) {
        sign(at, type.sign());
      }
      difference(at, type.difference());
      Threshold when = type.threshold();
      if (when == null) {
        continue;
      }
      if (when.above() == null && when.below() == null) {
        problems.add(at + "a threshold needs 'above' or 'below'");
      }
      if (blank(when.reason()) || blank(when.origin())) {
        problems.add(at + "a threshold needs its origin and its reason");
      }
    }
  }

  private void sign(String at, Sign sign) {
    for (Map<String, Level> meaning : List.of(sign.supports(), sign.opposes())) {
      meaning.keySet().forEach(id -> known(at + "found", id, knowledge.causes().keySet()));
    }
    if (sign.packages().isEmpty()
        && sign.variables().isEmpty()
        && sign.pairs() == null
        && sign.said() == null) {
      problems.add(at + "'found' needs packages, pairs, variables or said");
    }
    sign.repairs().forEach(repair -> text(at + "repairs", repair));
    if (sign.said() == null) {
      return;
    }
    if (sign.example() == null || !sign.said().matcher(sign.example()).find()) {
      problems.add(at + "'said' needs an example that it finds");
    }
    if (sign.unlike() == null || sign.said().matcher(sign.unlike()).find()) {
      problems.add(at + "'said' needs a line that is unlike it, which it does not find");
    }
  }

  private void difference(String at, Difference difference) {
    if (difference == null) {
      return;
    }
    if (difference.effect() != null) {
      text(at + "effect", difference.effect());
    }
    difference.seenAs().forEach(id -> known(at + "seen-as", id, knowledge.symptoms().keySet()));
    for (Map<String, Level> meaning : List.of(difference.supports(), difference.opposes())) {
      meaning.keySet().forEach(id -> known(at + "difference", id, knowledge.causes().keySet()));
    }
    difference
        .answers()
        .forEach(
            (question, answer) -> {
              known(at + "answers", question, knowledge.questions().keySet());
              Question asked = knowledge.questions().get(question);
              if (asked != null) {
                known(at + question, answer, asked.answers().keySet());
              }
            });
  }

  private void checks() {
    for (Check check : knowledge.checks().values()) {
      String at = "checks.yaml: " + check.id() + ": ";
      known(at + "step", check.step(), knowledge.steps().keySet());
      check.needs().forEach(kind -> evidence(at + "needs", kind));
      check.instead().forEach(kind -> evidence(at + "instead", kind));
      check.causes().forEach(id -> known(at + "causes", id, knowledge.causes().keySet()));
      check.questions().forEach(id -> known(at + "questions", id, knowledge.questions().keySet()));
      check
          .settings()
          .forEach(id -> known(at + "settings", "setting-" + id, knowledge.terms().keySet()));
      check.only().forEach(id -> known(at + "only", "trait-" + id, knowledge.terms().keySet()));
      text(at + "text", check.text());
      text(at + "how", check.how());
    }
  }

  private void questions() {
    for (Question question : knowledge.questions().values()) {
      String at = "questions.yaml: " + question.id() + ": ";
      known(at + "step", question.step(), knowledge.steps().keySet());
      text(at + "text", question.text());
      text(at + "why", question.why());
      text(at + "how", question.how());
      range(at, question);
      onlyIf(at, question);
      experiment(at, question);
      question.needsNot().forEach(kind -> evidence(at + "needs-not", kind));
      question.answers().forEach((value, answer) -> answer(at, question.kind(), value, answer));
      if (question.knownBy() != null) {
        knownBy(at + "known-by", question);
      }
    }
  }

  private void knownBy(String at, Question question) {
    KnownBy known = question.knownBy();
    if (known.setting() == null && known.measures().isEmpty()) {
      problems.add(at + ": needs a setting or measures");
    }
    known
        .values()
        .forEach(
            (answer, texts) -> {
              if (!question.answers().containsKey(answer)
                  && !Question.SAYS_NOTHING.contains(answer)) {
                problems.add(at + ": '" + answer + "' is no answer to the question");
              }
              if (texts.isEmpty()) {
                problems.add(at + ": no value for '" + answer + "'");
              }
            });
  }

  private void range(String at, Question question) {
    Question.Range range = question.range();
    if (range == null) {
      if (question.kind() == Question.Kind.NUMBER) {
        problems.add(at + "a number needs a range of plausible values");
      }
      return;
    }
    if (question.kind() != Question.Kind.NUMBER || !(range.min() < range.max())) {
      problems.add(at + "a range is [min, max] of a number, the smaller first");
    }
    question.answers().values().stream()
        .map(Question.Answer::limit)
        .filter(limit -> limit != null && !range.contains(limit))
        .forEach(limit -> problems.add(at + "limit " + limit + " lies outside the range"));
  }

  private void onlyIf(String at, Question question) {
    question
        .onlyIf()
        .forEach(
            (id, answers) -> {
              Question other = knowledge.questions().get(id);
              known(at + "only-if", id, knowledge.questions().keySet());
              if (other != null) {
                answers.forEach(a -> known(at + "only-if: " + id, a, other.answers().keySet()));
              }
            });
  }

  /** An experiment says what to run, in every framework, and what each outcome means. */
  private void experiment(String at, Question question) {
    if (question.snippets().isEmpty() && question.cost() != Cost.EXPERIMENT) {
      return;
    }
    for (Framework framework : Framework.values()) {
      if (blank(question.snippets().get(framework))) {
        problems.add(at + "an experiment needs its snippet for " + framework.id());
      }
    }
    question.answers().forEach((value, answer) -> text(at + value + ": means", answer.means()));
  }

  private void answer(String at, Question.Kind kind, String value, Question.Answer answer) {
    for (Map<String, Level> meaning : List.of(answer.supports(), answer.opposes())) {
      meaning.keySet().forEach(id -> known(at + value, id, knowledge.causes().keySet()));
    }
    if (kind == Question.Kind.YES_NO && !Set.of("yes", "no").contains(value)) {
      problems.add(at + "a yes-no question takes yes and no, not '" + value + "'");
    }
    if (kind == Question.Kind.NUMBER
        && (!Set.of("below", "above").contains(value) || answer.limit() == null)) {
      problems.add(
          at + "a number's answers are below and above, each with a limit, not '" + value + "'");
    }
    if (kind == Question.Kind.CHOICE) {
      text(at + value, answer.text());
    }
  }

  /** A kind of evidence has a term, by which reports call it. */
  private void evidence(String at, String kind) {
    known(at, "evidence-" + kind, knowledge.terms().keySet());
  }

  private void known(String at, String id, Set<String> ids) {
    if (!ids.contains(id)) {
      problems.add(at + ": unknown id '" + id + "'");
    }
  }

  private void text(String at, Text text) {
    if (text == null || blank(text.en()) || blank(text.zh())) {
      problems.add(at + ": needs a text in English and in Chinese");
    }
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
