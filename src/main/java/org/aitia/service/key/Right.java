package org.aitia.service.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token may be used for. */
public enum Right {
  /** To look at what is kept, the knowledge and the metrics. */
  READ,

  /** To send runs, to answer questions. */
  DIAGNOSE,

  /** To delete, to set up; and all that the others may. */
  ADMIN;

  /** Its name in the file of tokens. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Right> of(String id) {
    return Arrays.stream(values()).filter(s -> s.id().equals(id)).findFirst();
  }
}
