package org.aitia.report.page;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Page;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.Words;

/**
 * The page of a cause. Code and references stand in the English page alone, since they read the
 * same in every language; they are put where they belong in the others.
 */
final class CausePage {
  private static final Pattern SECTION = Pattern.compile("(?m)^## ");
  private static final Pattern HEADING = Pattern.compile("(?m)^### ");
  private static final Pattern FENCE = Pattern.compile("(?m)^```[^\\S\\n]*+$");

  private final Knowledge knowledge;
  private final Map<String, RuleBook.Entry> rules;
  private final Words words;

  CausePage(Knowledge knowledge, Map<String, RuleBook.Entry> rules, Words words) {
    this.knowledge = knowledge;
    this.rules = rules;
    this.words = words;
  }

  String of(Cause cause) {
    Page page = cause.page(words.language());
    PageText text = new PageText(words);
    text.title(page.name(), "page-cause", cause.id());
    text.paragraph(page.summary());
    text.fact("column-family", words.say("family-" + cause.family()));
    var step = knowledge.steps().get(cause.step());
    text.fact("column-step", step.name().in(words.language()) + " (`" + cause.step() + "`)");
    text.fact("page-prior", words.say("page-prior-" + cause.prior()));
    text.fact("page-follows-from", names(origins(cause)));
    text.fact("page-leads-to", names(cause.leadsTo()));
    text.fact("page-cost-confirm", words.say("cost-" + cause.confirmCost().id()));
    text.fact("page-cost-repair", words.say("cost-" + cause.repairCost().id()));
    text.paragraph(words.language() == Language.EN ? page.body() : completed(cause, page.body()));
    text.list("page-rules", rules(cause));
    return text.toString();
  }

  /** The sections of the frameworks that end with code, from their headings on. */
  private static String code(String page) {
    StringJoiner found = new StringJoiner("\n");
    Matcher heading = HEADING.matcher(page);
    Matcher fence = FENCE.matcher(page);
    int from = 0;
    while (heading.find(from)) {
      int opened = page.indexOf("\n```", heading.end());
      if (opened < 0 || !fence.find(opened + 4)) {
        break;
      }
      found.add(page.substring(heading.start(), fence.end()));
      from = fence.end();
    }
    return found.toString();
  }

  private String completed(Cause cause, String body) {
    String english = cause.page(Language.EN).body();
    String code = code(english);
    int references = english.lastIndexOf("\n## References");
    String whole = body.strip();
    if (!code.isEmpty()) {
      whole = afterRepair(cause, whole, code);
    }
    if (references >= 0) {
      String list = english.substring(english.indexOf('\n', references + 1) + 1).strip();
      whole += "\n\n## " + words.say("page-references") + "\n" + list;
    }
    return whole;
  }

  /** Puts the code at the end of the section that holds the repair. */
  private String afterRepair(Cause cause, String body, String code) {
    int repair = 0;
    int end = body.length();
    Matcher section = SECTION.matcher(body);
    String first = cause.page(words.language()).repair();
    // The section is found by its first words: the page's text is wrapped, the paragraph is not.
    String start = first.substring(0, Math.min(6, first.length()));
    boolean found = false;
    while (section.find()) {
      if (found) {
        end = section.start();
        break;
      }
      repair = body.indexOf('\n', section.start());
      found = repair >= 0 && body.substring(repair).strip().startsWith(start);
    }
    return body.substring(0, end).strip() + "\n\n" + code + "\n\n" + body.substring(end).strip();
  }

  private List<String> origins(Cause cause) {
    return knowledge.causes().values().stream()
        .filter(c -> c.leadsTo().contains(cause.id()))
        .map(Cause::id)
        .toList();
  }

  private String names(List<String> ids) {
    return ids.stream()
        .map(id -> words.cause(id) + " (`" + id + "`)")
        .collect(Collectors.joining(words.say("comma")));
  }

  private List<String> rules(Cause cause) {
    return rules.values().stream()
        .flatMap(
            r ->
                r.claims().stream()
                    .filter(c -> c.cause().equals(cause.id()))
                    .map(
                        c ->
                            words.say("page-" + c.stance().id())
                                + words.say("comma")
                                + words.say("level-" + c.level().id())
                                + words.say("colon")
                                + "`"
                                + r.name()
                                + "`"))
        .toList();
  }
}
