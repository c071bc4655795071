package org.aitia.cli.input;

/** Nothing that could be a run lies at a path; the message says what does and what to do. */
public final class NothingReadable extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public NothingReadable(String message) {
    super(message);
  }
}
