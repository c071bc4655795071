package org.aitia.cli.conversation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.diagnosis.Checklist;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Framework;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.report.Nearest;
import org.aitia.report.Words;
import org.aitia.report.document.ChecklistReport;
import org.aitia.report.terminal.FirstScreen;
import org.aitia.report.terminal.MessageText;
import org.aitia.report.terminal.QuestionText;
import org.aitia.report.terminal.StandingText;
import org.aitia.run.Traits;

/** The commands of a conversation that only look: each gives the text to show. */
final class Lookups {
  /** What a command of a name shows, of the rest of the line. */
  private interface Look {
    String at(Session session, Question question, String rest);
  }

  private static final int ALL = 20;

  /** Cells of the column of names in the help. */
  private static final int HELP_NAMES = 22;

  private final Knowledge knowledge;
  private final Language language;
  private final Words words;
  private final Replies replies;
  private final StandingText standing;
  private final QuestionText questions;
  private final int width;
  private final boolean colour;
  private final Map<String, Look> looks;

  Lookups(Knowledge knowledge, Language language, int width, boolean colour) {
    this.knowledge = knowledge;
    this.language = language;
    this.words = new Words(knowledge, language);
    this.replies = new Replies(knowledge, language);
    this.standing = new StandingText(knowledge, language, width, colour);
    this.questions = new QuestionText(knowledge, language, width, colour);
    this.width = width;
    this.colour = colour;
    this.looks =
        Map.ofEntries(
            Map.entry("?", (s, q, rest) -> help()),
            Map.entry("help", (s, q, rest) -> help()),
            Map.entry("why", this::why),
            Map.entry("how", (s, q, rest) -> how(s, rest)),
            Map.entry("rank", (s, q, rest) -> standing.ranking(s.state(), ALL)),
            Map.entry("open", (s, q, rest) -> questions.open(s)),
            Map.entry("answers", (s, q, rest) -> questions.answers(s)),
            Map.entry("known", (s, q, rest) -> questions.known(s)),
            Map.entry("show", this::show),
            Map.entry("report", (s, q, rest) -> report(s)),
            Map.entry("checklist", (s, q, rest) -> checklist(s)));
  }

  Set<String> names() {
    return looks.keySet();
  }

  boolean has(String command) {
    return looks.containsKey(command);
  }

  /**
   * What a command shows.
   *
   * @param question the one that is asked; null when none is
   * @throws IllegalArgumentException when it cannot be shown, with why
   */
  String at(String command, Session session, Question question, String rest) {
    String text = looks.get(command).at(session, question, rest);
    return text.isEmpty() ? "  " + words.say("ask-none") + "\n" : text;
  }

  private String why(Session session, Question question, String rest) {
    Question asked = rest.isEmpty() ? question : question(rest);
    return asked == null ? "" : questions.why(asked, session);
  }

  /** The question of an id. */
  Question question(String id) {
    Question found = knowledge.questions().get(id);
    if (found == null) {
      throw new IllegalArgumentException(
          words.say("ask-no-question", id, near(id, List.copyOf(knowledge.questions().keySet()))));
    }
    return found;
  }

  /** ", did you mean ...?", or nothing. */
  String near(String word, List<String> known) {
    List<String> near = Nearest.to(word, known);
    return near.isEmpty()
        ? ""
        : words.say("ask-did-you-mean", String.join(words.say("comma"), near));
  }

  private String how(Session session, String typed) {
    List<String> ranked =
        StandingText.ranked(session.state()).stream().map(Hypothesis::cause).toList();
    if (typed.isEmpty() && ranked.isEmpty()) {
      return "  " + words.say("ask-no-suspect") + "\n";
    }
    String cause =
        replies
            .cause(typed.isEmpty() ? "1" : typed, ranked)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        words.say(
                            "ask-no-cause",
                            typed,
                            near(typed, List.copyOf(knowledge.causes().keySet())))));
    return standing.account(session.account(cause, language), session.diagnosis(language));
  }

  private String show(Session session, Question question, String rest) {
    if (question == null || question.snippets().isEmpty()) {
      throw new IllegalArgumentException(words.say("ask-no-code"));
    }
    if (!rest.isEmpty()) {
      return questions.code(question, List.of(Framework.of(rest.toLowerCase(Locale.ROOT))));
    }
    List<Framework> own = framework(session);
    return questions.code(question, own.isEmpty() ? List.of(Framework.values()) : own);
  }

  /** The framework that the run was made with; none when it does not say. */
  private static List<Framework> framework(Session session) {
    String said = Traits.framework(session.examination().run()).orElse("");
    return List.of(Framework.values()).stream()
        .filter(f -> said.contains(f.id()) || f.id().equals("pytorch") && said.contains("torch"))
        .toList();
  }

  private String help() {
    return MessageText.columns(words.say("ask-help"), HELP_NAMES, width);
  }

  private String report(Session session) {
    return new FirstScreen(knowledge, width, colour).render(session.diagnosis(language));
  }

  private String checklist(Session session) {
    Checklist list = Checklist.of(knowledge, session.diagnosis(language), session.answers());
    return new ChecklistReport(knowledge).text(list, width, colour, false);
  }
}
