package org.aitia.service.guard;

/** Work that has begun, and can be ended before it is done. */
public interface UnderWay {
  /** Ends all of it, and at once what begins later; its callers are told the reason. */
  void cancelAll(String reason);
}
