package org.aitia.cli.conversation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Lines as the terminal itself edits them: no cursor is moved. */
final class PlainKeyboard implements Keyboard {
  private final BufferedReader in;
  private final PrintWriter out;

  PlainKeyboard(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public String line(Menu menu) {
    out.print(menu.shown().apply(-1) + "> ");
    out.flush();
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
