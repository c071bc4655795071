package org.aitia.service.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** So many places in all, so many for one client. */
public final class Places {
  /** What became of the wish for a place. */
  public enum Answer {
    TAKEN,
    /** This client has its share already. */
    OWN_FULL,
    ALL_FULL
  }

  private final int all;
  private final int own;
  private final AtomicInteger taken = new AtomicInteger();
  private final Map<String, Integer> byClient = new ConcurrentHashMap<>();

  public Places(int all, int own) {
    this.all = all;
    this.own = own;
  }

  public Answer take(String client) {
    if (taken.incrementAndGet() > all) {
      taken.decrementAndGet();
      return Answer.ALL_FULL;
    }
    if (byClient.merge(client, 1, Integer::sum) > own) {
      leave(client);
      return Answer.OWN_FULL;
    }
    return Answer.TAKEN;
  }

  public void leave(String client) {
    byClient.computeIfPresent(client, (c, n) -> n > 1 ? n - 1 : null);
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }
}
