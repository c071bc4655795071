package org.aitia.cli.conversation;

import java.io.IOException;
import org.jline.keymap.KeyMap;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/**
 * A line editor under a menu: on an empty line the arrow keys move through the choices and Enter
 * takes one; whatever is typed is edited and completed as usual.
 */
final class MenuKeyboard implements Keyboard {
  private static final String PROMPT = "> ";

  private final LineReaderImpl reader;
  private Menu menu = Menu.NONE;
  private int selected = -1;

  /** Ctrl-C while no line is read: between two questions. */
  private volatile boolean brokenOff;

  MenuKeyboard(Terminal terminal, Completer completer) throws IOException {
    reader = new LineReaderImpl(terminal, "aitia");
    reader.setCompleter(completer);
    terminal.handle(Terminal.Signal.INT, signal -> brokenOff = true);
    reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    reader.setVariable(LineReader.DISABLE_HISTORY, false);
    bind("menu-up", LineReader.UP_LINE_OR_HISTORY, -1, Capability.key_up, "\033[A", "\033OA");
    bind("menu-down", LineReader.DOWN_LINE_OR_HISTORY, 1, Capability.key_down, "\033[B", "\033OB");
    reader.getWidgets().put("menu-take", this::take);
    keys().bind(new Reference("menu-take"), "\r", "\n");
  }

  private KeyMap<org.jline.reader.Binding> keys() {
    return reader.getKeyMaps().get(LineReader.MAIN);
  }

  private void bind(String name, String otherwise, int by, Capability key, String... codes) {
    Widget widget =
        () -> {
          if (reader.getBuffer().length() > 0 || menu.choices().isEmpty()) {
            reader.callWidget(otherwise);
          } else {
            select(
                selected < 0
                    ? by > 0 ? 0 : menu.choices().size() - 1
                    : Math.floorMod(selected + by, menu.choices().size()));
          }
          return true;
        };
    reader.getWidgets().put(name, widget);
    keys().bind(new Reference(name), codes);
    String code = KeyMap.key(reader.getTerminal(), key);
    if (code != null && !code.isEmpty()) {
      keys().bind(new Reference(name), code);
    }
  }

  private void select(int index) {
    selected = index;
    reader.setPrompt(prompt());
  }

  /** Signs that mean something in a prompt of JLine are doubled. */
  private String prompt() {
    return (menu.shown().apply(selected) + PROMPT).replace("%", "%%");
  }

  /** Takes the line; an empty one stands for the choice that is selected. */
  private boolean take() {
    if (reader.getBuffer().length() == 0 && selected >= 0) {
      reader.getBuffer().write(menu.choices().get(selected));
    }
    reader.callWidget(LineReader.ACCEPT_LINE);
    return true;
  }

  @Override
  public String line(Menu shown) {
    menu = shown;
    selected = -1;
    if (brokenOff) {
      throw new Interrupted();
    }
    try {
      return reader.readLine(prompt());
    } catch (EndOfFileException e) {
      return null;
    } catch (UserInterruptException e) {
      throw new Interrupted();
    }
  }
}
