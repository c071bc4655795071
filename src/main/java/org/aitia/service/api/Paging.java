package org.aitia.service.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.aitia.service.Ids;
import org.aitia.service.Problem;

/** Pages of lists that go from the newest id to the oldest. */
final class Paging {
  private static final int SIZE = 20;
  private static final int MAX_SIZE = 100;

  private Paging() {}

  /** How many to show: what the caller asks for, within bounds. */
  static int size(String limit) {
    if (limit == null) {
      return SIZE;
    }
    if (limit.matches("[0-9]{1,9}")) {
      int size = Integer.parseInt(limit);
      if (size >= 1 && size <= MAX_SIZE) {
        return size;
      }
    }
    throw Problem.field(400, "bad-request", "limit", "is a number from 1 to " + MAX_SIZE);
  }

  /** The cursor of the page after an id. */
  static String cursor(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  /** The id after which a page begins; null for the first. */
  static String before(String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (Ids.valid(id)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw Problem.field(400, "bad-request", "cursor", "is none that a list has given");
  }
}
