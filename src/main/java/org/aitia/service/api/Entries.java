package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.ObserverLimit;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Text;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.service.Problem;

/** The entries of the knowledge base as they are sent. What does not apply is absent. */
final class Entries {
  private final Knowledge knowledge;
  private final RuleBook rules;
  private final Language in;

  Entries(Knowledge knowledge, RuleBook rules, Language in) {
    this.knowledge = knowledge;
    this.rules = rules;
    this.in = in;
  }

  /** The entries of a kind by their ids. */
  Map<String, Object> of(String kind) {
    Map<String, Object> found = new LinkedHashMap<>();
    switch (kind) {
      case "causes" -> knowledge.causes().values().forEach(c -> found.put(c.id(), cause(c)));
      case "questions" ->
          knowledge.questions().values().forEach(q -> found.put(q.id(), question(q)));
      case "steps" -> knowledge.steps().values().forEach(s -> found.put(s.id(), step(s)));
      case "thresholds" -> {
        knowledge.symptoms().values().stream()
            .filter(s -> s.threshold() != null && s.sign() == null)
            .forEach(s -> found.put(s.id(), threshold(s)));
        knowledge.limits().values().forEach(l -> found.put(l.id(), LimitEntry.of(l)));
      }
      case "rules" -> rules.entries().values().forEach(r -> found.put(r.name(), rule(r)));
      default ->
          throw Problem.of(
              404, "not-found", "there are causes, questions, steps, thresholds and rules");
    }
    return found;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record CauseEntry(
      String id, String name, String family, String step, List<String> leadsTo, String text) {}

  private CauseEntry cause(Cause c) {
    return new CauseEntry(
        c.id(), c.page(in).name(), c.family(), c.step(), c.leadsTo(), c.page(in).summary());
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record StepEntry(
      String id, String name, String step, List<String> waitsFor, String text) {}

  private StepEntry step(Step s) {
    return new StepEntry(s.id(), text(s.name()), s.parent(), s.waitsFor(), text(s.purpose()));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ThresholdEntry(
      String id,
      String level,
      String measure,
      Double above,
      Double below,
      String origin,
      String reason,
      String text) {}

  private ThresholdEntry threshold(SymptomType s) {
    var limit = s.threshold();
    return new ThresholdEntry(
        s.id(),
        s.severity().id(),
        limit.measure(),
        limit.above(),
        limit.below(),
        limit.origin(),
        limit.reason(),
        text(s.text()));
  }

  private record LimitEntry(
      String id, double value, String unit, List<String> measures, String origin, String reason) {
    static LimitEntry of(ObserverLimit l) {
      return new LimitEntry(l.id(), l.value(), l.unit(), l.measures(), l.origin(), l.reason());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record RuleEntry(
      String id, String cause, String direction, String level, List<Claimed> claims) {}

  private record Claimed(String cause, String direction, String level) {}

  private static RuleEntry rule(RuleBook.Entry r) {
    List<Claimed> claims =
        r.claims().stream()
            .map(c -> new Claimed(c.cause(), c.stance().id(), c.level().id()))
            .toList();
    if (claims.isEmpty()) {
      String level = r.level() == null ? null : r.level().id();
      return new RuleEntry(r.name(), null, null, level, null);
    }
    Claimed first = claims.get(0);
    return new RuleEntry(r.name(), first.cause(), first.direction(), first.level(), claims);
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record QuestionEntry(
      String id,
      String step,
      String reason,
      String kind,
      String cost,
      List<String> answers,
      String text,
      @JsonUnwrapped Inquiry inquiry) {}

  private QuestionEntry question(Question q) {
    return new QuestionEntry(
        q.id(),
        q.step(),
        text(q.why()),
        q.kind().id(),
        q.cost().id(),
        List.copyOf(q.answers().keySet()),
        text(q.text()),
        Inquiry.of(q, in));
  }

  private String text(Text text) {
    return text == null ? null : text.in(in);
  }
}
