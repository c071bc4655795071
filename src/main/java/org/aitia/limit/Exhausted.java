package org.aitia.limit;

/** A part has spent what it may spend: it is given up, and the others go on. */
public final class Exhausted extends Stop {
  private static final long serialVersionUID = 1;

  /**
   * A part is to be given up.
   *
   * @param message what ran out, in one English sentence without a full stop
   */
  public Exhausted(String message) {
    super(message);
  }
}
