package org.aitia.cli.conversation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.Surroundings;
import org.aitia.cli.session.Ongoing;
import org.aitia.knowledge.Knowledge;
import org.aitia.report.Words;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Where a conversation takes place: on a terminal, line by line, or, without one, not at all. */
public final class Stage {
  private final Surroundings surroundings;
  private final Knowledge knowledge;
  private final Words words;
  private final boolean colour;
  private final PrintWriter out;

  public Stage(
      Surroundings surroundings,
      Knowledge knowledge,
      Words words,
      boolean colour,
      PrintWriter out) {
    this.surroundings = surroundings;
    this.knowledge = knowledge;
    this.words = words;
    this.colour = colour;
    this.out = out;
  }

  /**
   * Has the conversation.
   *
   * @param plain lines only, whatever the terminal can do
   * @return the exit code
   */
  public int talk(Ongoing ongoing, boolean plain, SessionCommands.Runs runs) throws IOException {
    if (!surroundings.in() || !surroundings.out()) {
      conversation(ongoing, out, runs).tell();
      return ExitCodes.DONE;
    }
    if (plain) {
      return plainly(conversation(ongoing, out, runs));
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      // Closing the terminal closes standard output, so it stays open for lines as well.
      if (movesCursor(terminal)) {
        return menu(ongoing, terminal, runs);
      }
      terminal.handle(Terminal.Signal.INT, signal -> System.exit(ExitCodes.INTERRUPTED));
      return plainly(conversation(ongoing, out, runs));
    }
  }

  private int plainly(Conversation conversation) {
    new Screen(out, surroundings.columns()).say(words.say("ask-welcome-plain"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int code = conversation.run(new PlainKeyboard(in, out));
    out.flush();
    return code;
  }

  /** A terminal that does not know its size, such as a serial line, cannot be drawn on either. */
  private static boolean movesCursor(Terminal terminal) {
    return !terminal.getType().startsWith(Terminal.TYPE_DUMB)
        && terminal.getWidth() > 0
        && terminal.getHeight() > 0;
  }

  private int menu(Ongoing ongoing, Terminal terminal, SessionCommands.Runs runs)
      throws IOException {
    PrintWriter drawn = terminal.writer();
    Conversation conversation = conversation(ongoing, drawn, runs);
    new Screen(drawn, surroundings.columns()).say(words.say("ask-welcome"));
    Completion completion = new Completion(knowledge, ongoing::session, conversation::commands);
    return conversation.run(new MenuKeyboard(terminal, completion));
  }

  private Conversation conversation(Ongoing ongoing, PrintWriter to, SessionCommands.Runs runs) {
    return new Conversation(
        ongoing, knowledge, words.language(), surroundings.columns(), colour, to, runs);
  }
}
