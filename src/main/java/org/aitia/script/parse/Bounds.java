package org.aitia.script.parse;

/** How much of a script is read, and the first reason why some of one was not. */
final class Bounds {
  /** Words and signs of a megabyte at most; the largest script that was met has a tenth of that. */
  static final int MAX_NODES = 300_000;

  /** Nesting beyond this is no code that a person wrote. */
  static final int MAX_DEPTH = 100;

  private String passed;

  /**
   * Notes what is left out.
   *
   * @param what what there is too much of
   * @return false, for whoever ends with it
   */
  boolean pass(String what, int line) {
    if (passed == null) {
      passed = "in line " + line + " " + what;
    }
    return false;
  }

  /** What there is too much of and where; null when all is read. */
  String passed() {
    return passed;
  }
}
