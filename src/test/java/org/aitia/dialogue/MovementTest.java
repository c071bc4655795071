package org.aitia.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.aitia.Diagnoser;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.run.RunBuilder;
import org.junit.jupiter.api.Test;

final class MovementTest {
  private final Diagnoser diagnoser = Diagnoser.builtIn();
  private final Session session =
      new Session(diagnoser, diagnoser.examine(new RunBuilder("").build()));

  @Test
  void tellsWhatRoseAndWhatFellTheMostMovedFirst() {
    Conclusions before = session.state().conclusions();
    Conclusions after = session.answer("what-do-you-see", "diverged").conclusions();
    Movement difference = Movement.between(before, after, diagnoser.knowledge());
    assertThat(difference.rose())
        .extracting(Movement.Moved::cause)
        .contains("learning-rate-too-high");
    assertThat(difference.rose()).allMatch(m -> m.after() > m.before());
    assertThat(difference.fell()).allMatch(m -> m.after() < m.before());
    assertThat(difference.rose()).isSortedAccordingTo((a, b) -> Double.compare(b.by(), a.by()));
    Movement back = Movement.between(after, before, diagnoser.knowledge());
    assertThat(back.fell())
        .extracting(Movement.Moved::cause)
        .containsExactlyElementsOf(difference.rose().stream().map(Movement.Moved::cause).toList());
  }

  @Test
  void ofTheSameConclusionsNothingMoved() {
    Conclusions same = session.state().conclusions();
    Movement difference = Movement.between(same, same, diagnoser.knowledge());
    assertThat(difference.rose()).isEmpty();
    assertThat(difference.fell()).isEmpty();
    assertThat(difference.was()).isEqualTo(difference.is());
  }
}
