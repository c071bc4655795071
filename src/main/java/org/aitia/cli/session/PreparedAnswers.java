package org.aitia.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aitia.dialogue.Implausible;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.report.Nearest;
import org.aitia.report.Words;

/** Answers given in a file. */
public final class PreparedAnswers {
  /** Ends a number that is meant though it is implausible. */
  private static final String INSIST = "!";

  private static final String STANDARD_INPUT = "-";

  private final Path file;
  private final Knowledge knowledge;
  private final Words words;

  public PreparedAnswers(Path file, Knowledge knowledge, Words words) {
    this.file = file;
    this.knowledge = knowledge;
    this.words = words;
  }

  /**
   * Answers what the file answers, in its order.
   *
   * @throws IllegalArgumentException naming the file and the answer that is none
   */
  public void giveTo(Session session) throws IOException {
    boolean standard = file.toString().equals(STANDARD_INPUT);
    try (InputStream in = standard ? System.in : Files.newInputStream(file)) {
      for (Map.Entry<String, String> e : SessionFiles.answers(file + "", in).entrySet()) {
        give(session, e.getKey(), e.getValue());
      }
    }
  }

  private void give(Session session, String id, String value) {
    try {
      if (value.endsWith(INSIST)) {
        session.insist(id, value.substring(0, value.length() - INSIST.length()));
      } else {
        session.answer(id, value);
      }
    } catch (Implausible e) {
      String min = Words.number(e.question().range().min());
      String max = Words.number(e.question().range().max());
      throw wrong(words.say("ask-implausible-file", id, value, min, max));
    } catch (IllegalArgumentException e) {
      List<String> known = List.copyOf(knowledge.questions().keySet());
      throw wrong(e.getMessage() + Nearest.suggestion(id, known));
    }
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(file + ": " + why);
  }
}
