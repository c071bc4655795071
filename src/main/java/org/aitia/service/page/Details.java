package org.aitia.service.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Framework;
import org.aitia.knowledge.Knowledge;
import org.aitia.report.document.DiagnosisView;

/** What the page of a diagnosis shows beyond the report. */
public final class Details {
  private static final Pattern CODE =
      Pattern.compile("(?m)^### (.+)\\R```\\w*\\R([\\s\\S]*?)^```\\s*$");

  private static final List<String> ORDER =
      List.of(
          "previous",
          "crash",
          "causes",
          "curves",
          "next",
          "others",
          "reference",
          "symptoms",
          "noticed",
          "checkpoint",
          "speed",
          "tree",
          "questions");

  private static final int LAST = ORDER.size();

  private final DiagnosisView view;
  private final Knowledge knowledge;

  Details(DiagnosisView view) {
    this.view = view;
    this.knowledge = view.knowledge();
  }

  /** The sections in the order of a page: what was seen stands close to what is said of it. */
  public List<DiagnosisView.Section> sections() {
    return view.sections().stream()
        .sorted(Comparator.comparingInt(s -> ORDER.contains(s.id()) ? ORDER.indexOf(s.id()) : LAST))
        .toList();
  }

  /** Code of a framework. */
  public record Snippet(String framework, String code) {}

  /** The code of a repair, by framework; none for an experiment. */
  public List<Snippet> code(Diagnosis.Action action) {
    boolean repair = action.id() != null && action.id().startsWith("repair-");
    Cause cause = knowledge.causes().get(action.cause());
    List<Snippet> found = new ArrayList<>();
    if (repair && cause != null) {
      Matcher code = CODE.matcher(cause.page(view.words().language()).body());
      while (code.find()) {
        found.add(new Snippet(code.group(1).strip(), code.group(2).stripTrailing()));
      }
    }
    return found;
  }

  /** The code to run for a question, by framework. */
  public List<Snippet> code(String question) {
    var asked = knowledge.questions().get(question);
    return asked == null
        ? List.of()
        : asked.snippets().entrySet().stream().map(Details::snippet).toList();
  }

  private static Snippet snippet(Map.Entry<Framework, String> e) {
    return new Snippet(e.getKey().title(), e.getValue());
  }

  /**
   * A check of a step.
   *
   * @param missing what was missing; null where it was made
   * @param causes names of listed causes that it looks for
   */
  public record Made(String text, String missing, String causes) {}

  /** The checks of a step that apply to the run, those not made last. */
  public List<Made> checks(String step) {
    Map<String, Diagnosis.NotChecked> missed =
        view.d().notChecked().stream()
            .collect(Collectors.toMap(Diagnosis.NotChecked::check, n -> n, (a, b) -> a));
    Set<String> listed =
        view.d().causes().stream().map(Diagnosis.Cause::id).collect(Collectors.toSet());
    List<Made> made = new ArrayList<>();
    List<Made> not = new ArrayList<>();
    for (Check check : knowledge.checks().values()) {
      if (!check.step().equals(step) || view.d().notApplicable().contains(check.id())) {
        continue;
      }
      Diagnosis.NotChecked n = missed.get(check.id());
      String text = check.text().in(view.words().language());
      String causes =
          view.words().causes(check.causes().stream().filter(listed::contains).toList());
      (n == null ? made : not).add(new Made(text, n == null ? null : n.missing(), causes));
    }
    made.addAll(not);
    return made;
  }

  /** What a step is for. */
  public String purpose(String step) {
    var found = knowledge.steps().get(step);
    return found == null || found.purpose() == null
        ? ""
        : found.purpose().in(view.words().language());
  }

  /** Whether a step is open from the beginning: there is something to look at. */
  public boolean suspect(Diagnosis.StepState step) {
    return step.state().id().equals("suspect");
  }
}
