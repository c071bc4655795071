package org.aitia.report.page;

import java.util.Map;
import org.aitia.knowledge.ObserverLimit;
import org.aitia.observation.Observers;
import org.aitia.observation.measure.Measure;
import org.aitia.report.Words;

/** The page of a limit that observers ask for, as Markdown. */
final class LimitPage {
  private final Words words;

  LimitPage(Words words) {
    this.words = words;
  }

  String of(ObserverLimit limit) {
    PageText page = new PageText(words);
    page.title(limit.id(), "page-observer-limit", null);
    page.fact("page-value", Words.number(limit.value()));
    page.fact("page-unit", limit.unit());
    page.fact("page-reason", limit.reason());
    page.fact("page-origin", limit.origin());
    page.fact("page-replaced", "`" + limit.id() + ": " + Words.number(limit.value()) + "`");
    Map<String, Measure> measures = Observers.measures();
    page.list(
        "page-decides",
        limit.measures().stream().map(id -> decided(id, measures.get(id))).toList());
    return page.toString();
  }

  private String decided(String id, Measure measure) {
    return measure == null
        ? words.say("heading-" + id)
        : "`" + id + "`" + words.say("colon") + measure.text();
  }
}
