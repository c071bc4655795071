package org.aitia.report.document;

import java.util.LinkedHashMap;
import java.util.Map;
import org.aitia.report.Words;

/** The sections of an HTML page that are being written, and the list of them. */
final class HtmlSections {
  private final Words words;
  private final Html body = new Html();

  /** Headings of the sections written so far, by their ids. */
  private final Map<String, String> contents = new LinkedHashMap<>();

  HtmlSections(Words words) {
    this.words = words;
  }

  /** What is written so far, to be written on. */
  Html body() {
    return body;
  }

  /** Links to the sections. */
  void contents(Html page) {
    page.raw("<nav aria-label=\"" + Html.escape(words.say("report-contents")) + "\">\n");
    page.open("ul", null);
    contents.forEach(
        (id, heading) ->
            page.element("li", null, "<a href=\"#" + id + "\">" + Html.escape(heading) + "</a>"));
    page.close("ul").close("nav");
  }

  void open(String term) {
    open(term, words.say(term));
  }

  void open(String term, String heading) {
    String id = term.substring(term.indexOf('-') + 1);
    contents.put(id, heading);
    body.raw("<section id=\"" + id + "\" aria-labelledby=\"h-" + id + "\">\n");
    body.raw("<h2 id=\"h-" + id + "\">" + Html.escape(heading) + "</h2>\n");
  }

  void fold(String term, int count, String style, String... columns) {
    if (count > 0) {
      body.raw("<details>\n<summary><h2>" + Html.escape(words.say(term)) + "</h2> ");
      body.raw("<small>(" + count + ")</small></summary>\n");
      table(style, columns);
    }
  }

  void unfold(int count) {
    if (count > 0) {
      body.raw("</tbody></table></div>\n").close("details");
    }
  }

  void table(String style, String... columns) {
    body.open("div", "scroll").open("table", style).raw("<thead><tr>");
    for (String column : columns) {
      body.raw(column == null ? "<td></td>" : "<th scope=\"col\">" + words.say(column) + "</th>");
    }
    body.raw("</tr></thead>\n<tbody>\n");
  }

  void row(String... cells) {
    body.open("tr", null);
    for (String cell : cells) {
      body.element("td", null, cell);
    }
    body.close("tr");
  }

  void rest(int all, int shown) {
    if (all > shown) {
      row(Html.escape(words.say("more-evidence", all - shown)));
    }
  }
}
