package org.aitia.evidence.vocabulary;

import java.util.Locale;

/** The one name that the reasoning knows a metric by; {@code names.yaml} lists the others. */
public final class MetricNames {
  private MetricNames() {}

  /**
   * The name the reasoning knows a metric by; its own name in lower case when it is none of those.
   */
  public static String canonical(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[_ .]", "-");
    return Vocabulary.metric(plain);
  }
}
