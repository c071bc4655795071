package org.aitia.cli.conversation;

import java.io.IOException;

/** A command of the conversation that does more than look. */
interface ConversationCommand {
  /**
   * Does it.
   *
   * @param rest of the line, behind the command's name
   * @return whether things stand differently now, so that the question is asked anew
   * @throws IllegalArgumentException when it cannot be done, with why
   */
  boolean run(String rest) throws IOException;
}
