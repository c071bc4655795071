package org.aitia.report.document;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.Excerpt;
import org.aitia.report.Renderer;
import org.aitia.report.Words;

/** A diagnosis fit to paste into an issue tracker. */
public final class MarkdownReport implements Renderer {
  private final Knowledge knowledge;
  private final String pictures;

  /**
   * A renderer.
   *
   * @param pictures relative path in front of the names of {@link #pictures}, such as {@code
   *     report.assets/}; null when the report stands alone, without pictures
   */
  public MarkdownReport(Knowledge knowledge, String pictures) {
    this.knowledge = knowledge;
    this.pictures = pictures;
  }

  /** The pictures that the report links to, by file name. */
  public Map<String, String> pictures(Diagnosis diagnosis) {
    Words words = new Words(knowledge, Language.of(diagnosis.language()));
    Chart chart = new Chart(words);
    Map<String, String> found = new LinkedHashMap<>();
    for (Panels.Panel panel : panels(diagnosis, words)) {
      found.put(file(panel.curves().get(0).name(), found), chart.svg(panel));
    }
    return found;
  }

  private static String file(String curve, Map<String, String> taken) {
    String plain =
        curve.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String name = plain.isEmpty() ? "curve" : plain.substring(0, Math.min(60, plain.length()));
    return taken.containsKey(name + ".svg") ? name + "-" + taken.size() + ".svg" : name + ".svg";
  }

  @Override
  public String render(Diagnosis diagnosis) {
    DiagnosisView page =
        new DiagnosisView(knowledge, diagnosis, pictures == null ? List.of() : links(diagnosis));
    return Templates.fill("diagnosis.md", page.words(), page);
  }

  private List<DiagnosisView.Link> links(Diagnosis diagnosis) {
    Words words = new Words(knowledge, Language.of(diagnosis.language()));
    Iterator<Panels.Panel> panels = panels(diagnosis, words).iterator();
    return pictures(diagnosis).keySet().stream()
        .map(file -> new DiagnosisView.Link(panels.next().title(), pictures + file))
        .toList();
  }

  private List<Panels.Panel> panels(Diagnosis diagnosis, Words words) {
    return new Panels(new Excerpt(knowledge, diagnosis), diagnosis, words).all();
  }
}
