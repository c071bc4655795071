package org.aitia.script.parse;

/** A bracket or a string of a script that is open. */
final class Open {
  /** A field of a formatted string. */
  static final String FIELD = "{";

  /** How a field is written, behind its colon. */
  static final String SPEC = ":";

  /**
   * The bracket; {@link #FIELD} and {@link #SPEC} within a formatted string; else the quotes of
   * such a string.
   */
  final String what;

  final boolean isString;

  /** The first line that ends with nothing else open within it; 0 before there is one. */
  int end;

  Open(String what, boolean isString) {
    this.what = what;
    this.isString = isString;
  }

  /** Whether what follows is text and no code. */
  boolean isText() {
    return isString || what.equals(SPEC);
  }

  String closer() {
    return switch (what) {
      case "(" -> ")";
      case "[" -> "]";
      case FIELD -> "}";
      case SPEC -> "";
      default -> what;
    };
  }
}
