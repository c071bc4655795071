package org.aitia.knowledge.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Provision;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Text;

/**
 * What follows from the page of a cause that nobody has written a check or a question for: its way
 * to confirm it is an experiment, and what came of it can be asked. So a page is enough for a cause
 * to be within reach of the checklist and of the dialogue.
 */
final class Confirmations {
  private static final String TOPIC = "confirmation";

  private final Knowledge knowledge;

  private Confirmations(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** The knowledge with a check and a question for each cause that has none. */
  static Knowledge of(Knowledge knowledge) {
    Confirmations made = new Confirmations(knowledge);
    return knowledge.with(made.checks(), made.questions());
  }

  private Map<String, Check> checks() {
    Set<String> looked =
        knowledge.checks().values().stream()
            .flatMap(c -> c.causes().stream())
            .collect(Collectors.toSet());
    Map<String, Check> all = new LinkedHashMap<>(knowledge.checks());
    without(looked::contains).forEach((id, cause) -> all.putIfAbsent(id, check(id, cause)));
    return all;
  }

  private Map<String, Question> questions() {
    Set<String> spoken =
        knowledge.questions().values().stream()
            .flatMap(q -> q.answers().values().stream())
            .flatMap(a -> a.supports().keySet().stream())
            .collect(Collectors.toSet());
    Map<String, Question> all = new LinkedHashMap<>(knowledge.questions());
    without(spoken::contains).forEach((id, cause) -> all.putIfAbsent(id, question(id, cause)));
    return all;
  }

  /** The causes that are not, each under the id of its experiment. */
  private Map<String, Cause> without(Predicate<String> known) {
    return knowledge.causes().values().stream()
        .filter(cause -> !known.test(cause.id()))
        .collect(
            Collectors.toMap(c -> c.id() + "-confirmed", c -> c, (a, b) -> a, LinkedHashMap::new));
  }

  private Check check(String id, Cause cause) {
    return new Check(
        id,
        cause.step(),
        List.of(cause.id()),
        List.of(Provision.ANSWERS),
        List.of(),
        List.of(id),
        List.of(),
        List.of(),
        new Text(
            "What would confirm it was tried: " + cause.en().name() + ".",
            "已按其确认方法验证过：" + cause.zh().name() + "。"),
        how(cause));
  }

  /** An experiment that was made for this cause alone separates strongly; its reading may err. */
  private static Question question(String id, Cause cause) {
    return new Question(
        id,
        cause.step(),
        Question.Kind.YES_NO,
        cause.confirmCost(),
        TOPIC,
        null,
        null,
        Map.of(),
        new Text(
            "Did the experiment below confirm it: " + cause.en().name() + "?",
            "下面的实验是否证实了它：" + cause.zh().name() + "？"),
        new Text(
            cause.en().summary() + " No other question tells this cause from others.",
            cause.zh().summary() + "没有其他问题能区分它。"),
        how(cause),
        Map.of(),
        List.of(),
        Map.of(
            "yes", new Question.Answer(null, null, null, Map.of(cause.id(), Level.STRONG), null),
            "no", new Question.Answer(null, null, null, null, Map.of(cause.id(), Level.STRONG))),
        null);
  }

  private static Text how(Cause cause) {
    return new Text(cause.en().confirm(), cause.zh().confirm());
  }
}
