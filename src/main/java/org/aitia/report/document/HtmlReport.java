package org.aitia.report.document;

import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.report.Renderer;

/**
 * A diagnosis as one page that stands alone: no script, nothing fetched, light and dark, fit for
 * paper and for a phone.
 */
public final class HtmlReport implements Renderer {
  private final Knowledge knowledge;

  public HtmlReport(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public String render(Diagnosis diagnosis) {
    DiagnosisView page = new DiagnosisView(knowledge, diagnosis, List.of());
    return Templates.fill("diagnosis.html", page.words(), page);
  }
}
