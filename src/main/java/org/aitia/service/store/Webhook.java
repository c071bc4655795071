package org.aitia.service.store;

import java.time.Instant;

/**
 * Who is told of diagnoses.
 *
 * @param secret with which what is sent is signed
 * @param verdict only of those with this verdict; null for any
 * @param label only of those with this label, {@code name=value} or a name alone; null for any
 */
public record Webhook(
    String id, Instant created, String url, String secret, String verdict, String label) {
  /**
   * What is told.
   *
   * @param due when it is tried next
   * @param attempts that were made
   * @param state {@code waiting}, {@code delivered} or {@code given-up}
   * @param detail what came of the last attempt; null before the first
   */
  public record Delivery(
      String id,
      String webhook,
      Instant created,
      Instant due,
      int attempts,
      String state,
      String detail,
      byte[] body) {}
}
