package org.aitia.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.run.RunBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SessionTest {
  private static Diagnoser diagnoser;

  @BeforeAll
  static void load() {
    diagnoser = Diagnoser.builtIn();
  }

  private static Session fromNothing() {
    return new Session(diagnoser, diagnoser.examine(new RunBuilder("").build()));
  }

  private static Map<String, Double> probabilities(Session.State state) {
    Map<String, Double> found = new LinkedHashMap<>();
    state.conclusions().hypotheses().forEach(h -> found.put(h.cause(), h.probability()));
    return found;
  }

  @Test
  void aConversationFromNothingBeginsWithWhatTheUserSees() {
    assertThat(fromNothing().state().next().id()).isEqualTo("what-do-you-see");
  }

  @Test
  void aCauseThatIsHardlyLikelyIsNoSuspect() {
    Session session = fromNothing();
    session.answer("task-kind", "regression");
    assertThat(session.diagnosis(Language.EN).summary()).isEqualTo("No cause stands out.");
    assertThat(session.diagnosis(Language.ZH).summary()).isEqualTo("没有哪个原因明显突出。");
    session.answer("what-do-you-see", "train-short");
    assertThat(session.diagnosis(Language.EN).summary())
        .isEqualTo(
            "Something is wrong with this run, but there is only a faint lead: Wrong output activation (22 %).");
    assertThat(session.diagnosis(Language.ZH).summary()).contains("只有一条微弱的线索");
  }

  @Test
  void whatWasPutOffAndThenAnsweredIsTheLastAnswer() {
    Session session = fromNothing();
    session.answer("what-do-you-see", "skip");
    session.answer("labels-checked", "yes");
    session.answer("what-do-you-see", "slow");
    assertThat(session.history()).containsExactly("labels-checked", "what-do-you-see");
  }

  @Test
  void anAnswerMovesTheCausesItSpeaksOfAndSaysFromWhere() {
    Session session = fromNothing();
    Session.State state = session.answer("labels-checked", "no");
    assertThat(state.moved()).containsKey("label-errors");
    double now = probabilities(state).get("label-errors");
    assertThat(now).isGreaterThan(state.moved().get("label-errors"));
  }

  @Test
  void whatWasPutOffComesBackInTurn() {
    Session session = fromNothing();
    List<String> asked = new ArrayList<>();
    while (!asked.contains(session.state().next().id())) {
      asked.add(session.state().next().id());
      session.answer(session.state().next().id(), "skip");
    }
    assertThat(asked).hasSizeGreaterThan(50).startsWith("what-do-you-see", "task-kind");
    assertThat(session.state().next().id()).isEqualTo("what-do-you-see");
    session.answer("what-do-you-see", "skip");
    assertThat(session.state().next().id()).isEqualTo("task-kind");
  }

  @Test
  void withdrawingLeavesNoTraceAndKeepsUnrelatedAnswers() {
    Session session = fromNothing();
    session.answer("labels-checked", "yes");
    Map<String, Double> before = probabilities(session.state());
    session.answer("overfits-one-batch", "no");
    assertThat(probabilities(session.state())).isNotEqualTo(before);
    session.withdraw("overfits-one-batch");
    assertThat(probabilities(session.state())).isEqualTo(before);
    assertThat(session.answers()).containsOnlyKeys("labels-checked");
  }

  @Test
  void whatIfShowsWhatAnAnswerWouldDoAndDoesNotGiveIt() {
    Session session = fromNothing();
    Map<String, Double> tried = probabilities(session.whatIf("overfits-one-batch", "no"));
    assertThat(session.answers()).isEmpty();
    assertThat(probabilities(session.answer("overfits-one-batch", "no"))).isEqualTo(tried);
  }

  @Test
  void theOrderOfTheAnswersDoesNotMatter() {
    Session one = fromNothing();
    one.answer("labels-checked", "yes");
    one.answer("overfits-one-batch", "no");
    Session other = fromNothing();
    other.answer("overfits-one-batch", "no");
    other.answer("labels-checked", "yes");
    assertThat(probabilities(one.state())).isEqualTo(probabilities(other.state()));
  }

  @Test
  void notKnowingSaysNothingAndIsNotAskedAgain() {
    Session session = fromNothing();
    Question first = session.state().next();
    Map<String, Double> before = probabilities(session.state());
    Session.State state = session.answer(first.id(), "unknown");
    assertThat(probabilities(state)).isEqualTo(before);
    assertThat(state.next().id()).isNotEqualTo(first.id());
  }

  @Test
  void wrongAnswersAreRefusedWithWhatWouldBeRight() {
    Session session = fromNothing();
    assertThatThrownBy(() -> session.answer("labels-checked", "perhaps"))
        .hasMessageContaining("yes")
        .hasMessageContaining("unknown");
    assertThatThrownBy(() -> session.answer("no-such-question", "yes"))
        .hasMessageContaining("no-such-question");
    assertThatThrownBy(() -> session.withdraw("labels-checked"))
        .hasMessageContaining("not answered");
    assertThat(session.answers()).isEmpty();
  }

  @Test
  void evidenceInTheFilesIsNotAskedFor() throws IOException {
    Path run = Path.of("examples/disconnected-block--branch-never-joined/record.run.jsonl");
    Session session =
        new Session(
            diagnoser,
            diagnoser.examine(
                RunFolder.read("run", run, Progress.NONE, List.of(), Vocabulary.base())));
    assertThat(
            session.state().next() == null
                || !session.state().next().id().equals("what-do-you-see"))
        .isTrue();
  }

  @Test
  void everyCauseIsWithinReachOfAnswersAlone() {
    for (String cause : diagnoser.knowledge().causes().keySet()) {
      Session session = fromNothing();
      for (Question q : diagnoser.knowledge().questions().values()) {
        if (q.kind() != Question.Kind.NUMBER) {
          q.answers().entrySet().stream()
              .filter(e -> e.getValue().supports().containsKey(cause))
              .min(Comparator.comparing(e -> e.getValue().supports().get(cause)))
              .ifPresent(e -> session.answer(q.id(), e.getKey()));
        }
      }
      List<String> top =
          session.state().conclusions().hypotheses().stream()
              .limit(3)
              .map(Hypothesis::cause)
              .toList();
      assertThat(top).as("with every answer that speaks for it").contains(cause);
    }
  }

  /** One cell in a million is enough to make every loss NaN. */
  @Test
  void nanSeenInTheBatchIsDecisiveWhateverTheShare() {
    Session session = fromNothing();
    session.answer("what-do-you-see", "diverged");
    Session.State state = session.answer("first-non-finite", "input");
    assertThat(state.conclusions().hypotheses().get(0).cause()).isEqualTo("missing-values");
    assertThat(state.decided()).isTrue();
    double before = probabilities(state).get("missing-values");
    assertThat(probabilities(session.answer("missing-share", "0.001")).get("missing-values"))
        .isGreaterThanOrEqualTo(before);
  }

  @Test
  void whatIsSaidInWordsIsKeptAsItIsSaid() {
    Question free = diagnoser.knowledge().questions().get("notes");
    assertThat(diagnoser.knowledge().answer(free, "Everything, from Epoch 3 on", Language.EN))
        .isEqualTo("Everything, from Epoch 3 on");
  }
}
