package org.aitia.cli.conversation;

import java.util.List;
import java.util.function.IntFunction;

/** Where the lines of a conversation come from. */
interface Keyboard {
  /** The user pressed Ctrl-C. */
  final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Interrupted() {
      super("interrupted", null, false, false);
    }
  }

  /**
   * What may be typed.
   *
   * @param shown the choices as shown with the one of an index selected, -1 for none
   * @param choices what choosing each stands for, as if it had been typed
   */
  record Menu(IntFunction<String> shown, List<String> choices) {
    static final Menu NONE = new Menu(selected -> "", List.of());
  }

  /**
   * The next line; null at the end of input.
   *
   * @throws Interrupted when the user breaks off
   */
  String line(Menu menu);
}
