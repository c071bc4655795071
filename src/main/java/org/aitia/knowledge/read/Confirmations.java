package org.aitia.knowledge.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Text;

/**
 * What follows from the page of a cause that no question speaks for: its way to confirm it is an
 * experiment, and what came of it can be asked. So a page is enough for a cause to be within reach
 * of the dialogue.
 */
final class Confirmations {
  private static final String TOPIC = "confirmation";

  private Confirmations() {}

  /** The knowledge with a question for each cause that has none. */
  static Knowledge of(Knowledge knowledge) {
    Set<String> spoken =
        knowledge.questions().values().stream()
            .flatMap(q -> q.answers().values().stream())
            .flatMap(a -> a.supports().keySet().stream())
            .collect(Collectors.toSet());
    Map<String, Question> all = new LinkedHashMap<>(knowledge.questions());
    knowledge.causes().values().stream()
        .filter(cause -> !spoken.contains(cause.id()))
        .map(Confirmations::question)
        .forEach(question -> all.putIfAbsent(question.id(), question));
    return knowledge.asking(all);
  }

  /** An experiment that was made for this cause alone separates strongly; its reading may err. */
  private static Question question(Cause cause) {
    return new Question(
        cause.id() + "-confirmed",
        cause.step(),
        Question.Kind.YES_NO,
        cause.confirmCost(),
        TOPIC,
        false,
        null,
        null,
        Map.of(),
        new Text(
            "Did the experiment below confirm it: " + cause.en().name() + "?",
            "下面的实验是否证实了它：" + cause.zh().name() + "？"),
        new Text(cause.en().summary(), cause.zh().summary()),
        new Text(cause.en().confirm(), cause.zh().confirm()),
        Map.of(),
        List.of(),
        Map.of(
            "yes", new Question.Answer(null, null, null, Map.of(cause.id(), Level.STRONG), null),
            "no", new Question.Answer(null, null, null, null, Map.of(cause.id(), Level.STRONG))),
        null);
  }
}
