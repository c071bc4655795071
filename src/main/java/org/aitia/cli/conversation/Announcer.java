package org.aitia.cli.conversation;

import org.aitia.cli.session.Ongoing;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Question;
import org.aitia.report.Words;
import org.aitia.report.terminal.QuestionText;
import org.aitia.report.terminal.StandingText;

/** Says how things stand in a session, and when enough is known. */
final class Announcer {
  static final int RANKED = 5;

  private final Ongoing ongoing;
  private final Words words;
  private final StandingText standing;
  private final QuestionText questions;
  private final Screen out;

  /** Whether it was said that no question could change the first action. */
  private boolean decided;

  /** Whether it was said that no question is left. */
  private boolean ended;

  Announcer(
      Ongoing ongoing, Words words, StandingText standing, QuestionText questions, Screen out) {
    this.ongoing = ongoing;
    this.words = words;
    this.standing = standing;
    this.questions = questions;
    this.out = out;
  }

  /** Says how things stand, without asking: where there is nobody to ask. */
  void tell() {
    begin();
    out.print(standing.firstAction(ongoing.session().diagnosis(words.language())));
    Question next = ongoing.asked();
    if (next == null) {
      out.print("\n");
      boolean over = ongoing.session().state().next() == null;
      out.say(words.say(over ? "ask-nothing-left" : "ask-decided"));
      return;
    }
    out.print("\n");
    out.say(words.say("ask-no-terminal"));
    out.print(questions.question(next, ongoing.session()));
    String may = String.join(" | ", next.answers().keySet());
    out.say(next.id() + ": " + (next.kind() == Question.Kind.NUMBER ? "" : may));
  }

  /** Says what is known before anything is asked. */
  void begin() {
    Session session = ongoing.session();
    out.print(questions.known(session));
    out.print(standing.comparison(session.diagnosis(words.language())));
    out.print(standing.ranking(session.state(), RANKED));
  }

  /** Asks the question that is due, if any, after what is to be said before it. */
  void ask() {
    pause(ongoing.session().state());
    if (ongoing.asked() != null) {
      out.print(questions.question(ongoing.asked(), ongoing.session()));
    }
  }

  /** Says once when no question could change the first action, and when none is left. */
  private void pause(Session.State state) {
    boolean over = state.next() == null;
    if (over ? ended : decided || !state.decided()) {
      return;
    }
    ended = over;
    decided = true;
    out.print("\n");
    out.say(words.say(over ? "ask-nothing-left" : "ask-decided"));
    out.print(standing.firstAction(ongoing.session().diagnosis(words.language())));
    if (over) {
      out.say(words.say("ask-after-end"));
    }
  }

  /** After every change: shows the ranking. */
  void changed() {
    Session.State state = ongoing.session().state();
    out.print(standing.ranking(state, RANKED));
    if (state.moved().isEmpty() && !StandingText.ranked(state).isEmpty()) {
      out.say(words.say("ask-unmoved"));
    }
    decided &= state.decided();
    ended &= state.next() == null;
  }
}
