package org.aitia.cli;

/** Nothing that could be a run lies at a path; the message says what does and what to do. */
final class NothingReadable extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  NothingReadable(String message) {
    super(message);
  }
}
