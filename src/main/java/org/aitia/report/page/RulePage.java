package org.aitia.report.page;

import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Counts;
import org.aitia.knowledge.Knowledge;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.Words;

/** The page of a rule: what it claims, what it is worth, how often it was right, and its text. */
final class RulePage {
  private final Knowledge knowledge;
  private final RuleBook book;
  private final Words words;

  RulePage(Knowledge knowledge, RuleBook book, Words words) {
    this.knowledge = knowledge;
    this.book = book;
    this.words = words;
  }

  String of(RuleBook.Entry rule) {
    PageText page = new PageText(words);
    page.title(rule.name(), "page-rule", null);
    for (Claim claim : rule.claims()) {
      page.fact(
          words.say("page-" + claim.stance().id()),
          words.cause(claim.cause()) + " (`" + claim.cause() + "`)");
      page.fact("column-level", words.say("level-" + claim.level().id()));
      page.fact("page-weight", Words.number(knowledge.weights().of(claim)));
      page.fact("page-sees", "`" + claim.sees() + "`");
      if (claim.supports()) {
        page.fact("page-kind", words.say("kind-" + claim.kind().id()));
      }
      if (claim.supports() && rule.counted()) {
        page.fact("page-counted", counted(rule.name(), claim.cause()));
      }
    }
    book.text(rule.name())
        .ifPresent(
            text -> {
              page.fact("page-source", "`" + text.file() + "`");
              page.code("drl", text.text());
            });
    return page.toString();
  }

  /** How often the rule spoke on the labelled runs that its weight was counted on. */
  private String counted(String rule, String cause) {
    Counts counts = knowledge.counts();
    Counts.Fired fired = counts.of(rule, cause);
    int with = counts.causes().getOrDefault(cause, 0);
    return words.say("page-counts", fired.right(), with, fired.wrong(), counts.runs() - with);
  }
}
