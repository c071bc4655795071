package org.aitia.limit;

/** Nobody waits for the result any more: all of the work ends. */
public final class Cancelled extends Stop {
  private static final long serialVersionUID = 1;

  Cancelled(String message) {
    super(message);
  }
}
