package org.aitia.report.pipeline;

import java.util.List;
import org.aitia.diagnosis.Diagnosis;

/**
 * All that is told of one run.
 *
 * @param read whether anything of it could be read
 * @param notices what could not be read, and parts of the program that failed
 * @param known how many of what would be told the baseline tells already
 */
public record RunTold(
    Diagnosis diagnosis, boolean read, List<Told> told, List<Notice> notices, int known) {
  /**
   * What is told of the work itself.
   *
   * @param uri of the file; null for none
   * @param fault whether the program failed, and not the file
   */
  public record Notice(String uri, String text, boolean fault) {}

  /** The run as the user named it. */
  public String source() {
    return diagnosis.source();
  }

  RunTold without(List<Told> fresh, int already) {
    return new RunTold(diagnosis, read, fresh, notices, already);
  }
}
