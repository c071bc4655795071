package org.aitia.report.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Sign;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Text;
import org.aitia.knowledge.Threshold;
import org.aitia.observation.Observers;
import org.aitia.observation.measure.Measure;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.Words;

/** The documentation page of everything that has an id, as Markdown. */
public final class Pages {
  private final Knowledge knowledge;
  private final Map<String, RuleBook.Entry> rules;
  private final RuleBook book;
  private final Words words;

  public Pages(Knowledge knowledge, RuleBook rules, Words words) {
    this.knowledge = knowledge;
    this.book = rules;
    this.rules = rules.entries();
    this.words = words;
  }

  /** Everything that has a page. */
  public Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>(knowledge.causes().keySet());
    ids.addAll(knowledge.symptoms().keySet());
    ids.addAll(knowledge.limits().keySet());
    ids.addAll(knowledge.questions().keySet());
    ids.addAll(knowledge.checks().keySet());
    ids.addAll(knowledge.steps().keySet());
    ids.addAll(rules.keySet());
    ids.add(FormatPage.ID);
    return ids;
  }

  /** The page of an id; empty when there is none. */
  public Optional<String> of(String id) {
    if (knowledge.causes().containsKey(id)) {
      return Optional.of(new CausePage(knowledge, rules, words).of(knowledge.cause(id)));
    }
    if (knowledge.symptoms().containsKey(id)) {
      return Optional.of(symptom(knowledge.symptom(id)));
    }
    if (knowledge.limits().containsKey(id)) {
      return Optional.of(new LimitPage(words).of(knowledge.limits().get(id)));
    }
    if (knowledge.questions().containsKey(id)) {
      return Optional.of(question(knowledge.questions().get(id)));
    }
    if (knowledge.checks().containsKey(id)) {
      return Optional.of(check(knowledge.checks().get(id)));
    }
    if (knowledge.steps().containsKey(id)) {
      return Optional.of(step(knowledge.steps().get(id)));
    }
    if (id.equals(FormatPage.ID)) {
      return Optional.of(FormatPage.in(words.language()));
    }
    return Optional.ofNullable(rules.get(id)).map(new RulePage(knowledge, book, words)::of);
  }

  private String symptom(SymptomType type) {
    PageText page = new PageText(words);
    page.title(symptom(type, words), "page-symptom", type.id());
    page.fact("column-severity", words.say("severity-" + type.severity().id()));
    Threshold when = type.threshold();
    if (type.sign() != null) {
      sign(type.sign(), page);
    } else if (when != null) {
      Measure measure = Observers.measures().get(when.measure());
      page.fact("page-measure", "`" + when.measure() + "`");
      if (measure != null) {
        page.fact("page-method", measure.text());
        page.fact("page-unit", measure.unit());
      }
      page.fact("page-limit", limit(when, words));
      page.fact("page-reason", when.reason());
      page.fact("page-origin", when.origin());
      page.fact("page-limits-of-measure", limits(when.measure()));
    }
    if (type.stated()) {
      page.fact("page-stated", words.say("answer-yes"));
    }
    List<String> uses =
        rules.keySet().stream()
            .filter(
                name ->
                    book.text(name)
                        .filter(t -> t.text().contains("\"" + type.id() + "\""))
                        .isPresent())
            .toList();
    page.list("page-used-by", uses.stream().map(u -> "`" + u + "`").toList());
    return page.toString();
  }

  private String limits(String measure) {
    return knowledge.limits().values().stream()
        .filter(l -> l.measures().contains(measure))
        .map(l -> "`" + l.id() + "` " + Words.number(l.value()))
        .collect(Collectors.joining(words.say("comma")));
  }

  private void sign(Sign sign, PageText page) {
    List<String> found = new ArrayList<>();
    sign.packages().forEach((name, range) -> found.add("`" + name + " " + range + "`"));
    sign.variables().forEach((name, value) -> found.add("`" + name + "=" + value + "`"));
    if (sign.pairs() != null) {
      found.add("`" + sign.pairs().first() + "` / `" + sign.pairs().second() + "`");
    }
    if (sign.said() != null) {
      found.add("`" + sign.example() + "`");
    }
    page.fact("page-sign", String.join(", ", found));
    page.fact("page-reason", sign.reason());
    page.fact("page-origin", sign.origin());
    page.list(
        "page-speaks-for",
        sign.supports().keySet().stream().sorted().map(c -> "`" + c + "`").toList());
    page.list(
        "page-speaks-against",
        sign.opposes().keySet().stream().sorted().map(c -> "`" + c + "`").toList());
  }

  /** The text of a symptom with its limit, and dots for what only a run can fill in. */
  public static String symptom(SymptomType type, Words words) {
    String text = type.text().in(words.language()).replace("{other}", words.say("other-reference"));
    if (type.threshold() != null) {
      text = text.replace("{limit}", Words.number(type.threshold().limit()));
    }
    return text.replaceAll("\\{\\w+}", "…");
  }

  /** A threshold in words. */
  public static String limit(Threshold when, Words words) {
    String above = when.above() == null ? "" : words.say("page-above", Words.number(when.above()));
    String below = when.below() == null ? "" : words.say("page-below", Words.number(when.below()));
    return (above + " " + below).strip();
  }

  private String question(Question question) {
    PageText page = new PageText(words);
    page.title(in(question.text()), "page-question", question.id());
    page.paragraph(words.say("why", in(question.why())));
    page.paragraph(words.say("how", in(question.how())));
    page.fact("column-step", step(question.step()));
    page.fact("column-kind", words.say("kind-" + question.kind().id()));
    page.fact("column-cost", words.say("cost-" + question.cost().id()));
    if (question.unit() != null) {
      page.fact("page-unit", knowledge.unit(question.unit(), words.language()));
    }
    if (question.range() != null) {
      page.fact(
          "page-range",
          words.say(
              "page-between",
              Words.number(question.range().min()),
              Words.number(question.range().max())));
    }
    page.list(
        "page-answers",
        question.answers().entrySet().stream()
            .map(a -> "**" + label(a.getKey(), a.getValue()) + "**" + meaning(a.getValue()))
            .toList());
    snippets(page, question);
    return page.toString();
  }

  private void snippets(PageText page, Question question) {
    if (!question.snippets().isEmpty()) {
      page.paragraph("## " + words.say("page-code"));
      page.paragraph(words.say("ask-names"));
      question
          .snippets()
          .forEach(
              (framework, code) -> {
                page.paragraph("### " + framework.title());
                page.code("python", code.stripTrailing());
              });
    }
  }

  private String label(String value, Question.Answer answer) {
    if (answer.text() != null) {
      return in(answer.text());
    }
    return answer.limit() == null
        ? words.sayOr("answer-" + value, value)
        : words.sayOr("page-" + value, value).replace("{0}", Words.number(answer.limit()));
  }

  private String meaning(Question.Answer answer) {
    String supports = judged(answer.supports());
    String opposes = judged(answer.opposes());
    String means = answer.means() == null ? "" : words.say("colon") + in(answer.means());
    return means
        + (supports.isEmpty() ? "" : "; " + words.say("page-for") + words.say("colon") + supports)
        + (opposes.isEmpty()
            ? ""
            : "; " + words.say("page-against") + words.say("colon") + opposes);
  }

  private String judged(Map<String, Level> causes) {
    return causes.entrySet().stream()
        .map(e -> words.cause(e.getKey()) + " (" + words.say("level-" + e.getValue().id()) + ")")
        .collect(Collectors.joining(words.say("comma")));
  }

  private String evidence(List<String> kinds) {
    return kinds.stream()
        .map(n -> words.say("evidence-" + n))
        .collect(Collectors.joining(words.say("comma")));
  }

  private String check(Check check) {
    PageText page = new PageText(words);
    page.title(in(check.text()), "page-check", check.id());
    page.paragraph(words.say("how", in(check.how())));
    page.fact("column-step", step(check.step()));
    page.fact("column-needs", evidence(check.needs()));
    if (!check.instead().isEmpty()) {
      page.fact("column-instead", evidence(check.instead()));
    }
    page.list("page-causes", causes(check.causes()));
    page.list(
        "heading-questions",
        check.questions().stream()
            .map(q -> in(knowledge.questions().get(q).text()) + " (`" + q + "`)")
            .toList());
    return page.toString();
  }

  private String step(Step step) {
    PageText page = new PageText(words);
    page.title(in(step.name()), "page-step", step.id());
    page.paragraph(in(step.purpose()));
    if (!step.waitsFor().isEmpty()) {
      page.fact(
          "page-waits-for",
          step.waitsFor().stream().map(this::step).collect(Collectors.joining(words.say("comma"))));
    }
    page.list(
        "page-checks",
        knowledge.checks().values().stream()
            .filter(c -> c.step().equals(step.id()))
            .map(c -> in(c.text()) + " (`" + c.id() + "`)")
            .toList());
    page.list(
        "page-causes",
        causes(
            knowledge.causes().values().stream()
                .filter(c -> c.step().equals(step.id()))
                .map(Cause::id)
                .toList()));
    return page.toString();
  }

  private List<String> causes(Collection<String> ids) {
    return ids.stream().map(id -> words.cause(id) + " (`" + id + "`)").toList();
  }

  private String step(String id) {
    return in(knowledge.steps().get(id).name()) + " (`" + id + "`)";
  }

  private String in(Text text) {
    return text.in(words.language());
  }
}
