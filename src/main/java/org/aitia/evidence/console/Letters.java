package org.aitia.evidence.console;

import java.util.BitSet;

/** A set of characters that is asked about for each letter of a log. */
final class Letters {
  private final BitSet wide = new BitSet();
  private final boolean[] narrow = new boolean[128];

  Letters(String all) {
    for (int i = 0; i < all.length(); i++) {
      char c = all.charAt(i);
      if (c < narrow.length) {
        narrow[c] = true;
      } else {
        wide.set(c);
      }
    }
  }

  boolean has(char c) {
    return c < narrow.length ? narrow[c] : wide.get(c);
  }
}
