package org.aitia.limit;

/**
 * Work has to end here. An error and no exception: readers mend one line or one value after another
 * by catching exceptions, and must not mend this.
 */
public abstract sealed class Stop extends Error permits Exhausted, Cancelled {
  private static final long serialVersionUID = 1;

  Stop(String message) {
    // Thrown from wherever the work happens to be: the place says nothing that the message does
    // not.
    super(message, null, false, false);
  }
}
