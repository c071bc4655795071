package org.aitia.agent;

/** A call that cannot be answered; the message tells the agent why, and what would do. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  public Refused(String why) {
    super(why);
  }
}
