package org.aitia.run;

/**
 * How the run ended.
 *
 * @param status {@code completed}, {@code stopped}, {@code crashed}
 * @param error text of the error; null when there was none
 * @param seconds wall time; NaN when not recorded
 * @param steps optimizer steps in all, of which a recorder may have kept some; NaN when not
 *     recorded
 */
public record RunEnd(String status, String error, double seconds, double steps) {
  public RunEnd(String status, String error, double seconds) {
    this(status, error, seconds, Double.NaN);
  }
}
