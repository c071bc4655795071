package org.aitia.cli.output;

/** What the program ends with. */
public final class ExitCodes {
  public static final int DONE = 0;

  /** The limit of {@code --fail-on} was reached. */
  public static final int FAILED_ON = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** Nothing readable at a path. */
  public static final int NOTHING_READABLE = 3;

  /**
   * A fault of the program itself ({@code EX_SOFTWARE} of sysexits.h); where a part failed, the
   * rest is answered.
   */
  public static final int FAULT = 70;

  /** The result could not be written ({@code EX_IOERR}). */
  public static final int NOT_WRITTEN = 74;

  /** Nobody reads the result any more: as if ended by the signal SIGPIPE, as other tools are. */
  public static final int LEFT = 141;

  /** The user broke off: 128 and the number of the signal. */
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
