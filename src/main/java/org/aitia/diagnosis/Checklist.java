package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Knowledge;

/**
 * The checklist form of a diagnosis: what became of each thing an expert looks at.
 *
 * @param items in the order of the tree
 */
public record Checklist(String source, String language, List<Item> items) {
  /** What became of a check. */
  public enum State {
    PROBLEM,
    FINE,
    NOT_APPLICABLE,
    NOT_CHECKED;

    /** The word for it, as in {@code not-checked}. */
    @com.fasterxml.jackson.annotation.JsonValue
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One check.
   *
   * @param causes names of the causes found, when there is a problem
   * @param missing what was missing, when it was not checked; null otherwise
   * @param how how to get that; null otherwise
   */
  public record Item(
      String step,
      String check,
      String text,
      State state,
      List<String> causes,
      String missing,
      String how) {}

  /**
   * Goes through the checks.
   *
   * @param answers what the user answered, by question
   */
  public static Checklist of(
      Knowledge knowledge, Diagnosis diagnosis, Map<String, String> answers) {
    double plausible = knowledge.weights().limit("plausible");
    List<Diagnosis.Cause> suspects =
        diagnosis.causes().stream().filter(c -> c.probability() >= plausible).toList();
    Map<String, Diagnosis.NotChecked> missed =
        diagnosis.notChecked().stream()
            .collect(Collectors.toMap(Diagnosis.NotChecked::check, n -> n, (a, b) -> a));
    List<Item> items = new ArrayList<>();
    for (String step : knowledge.steps().keySet()) {
      for (Check check : knowledge.checks().values()) {
        if (check.step().equals(step)) {
          items.add(item(knowledge, diagnosis, check, suspects, missed, answers));
        }
      }
    }
    return new Checklist(diagnosis.source(), diagnosis.language(), List.copyOf(items));
  }

  private static Item item(
      Knowledge knowledge,
      Diagnosis diagnosis,
      Check check,
      List<Diagnosis.Cause> suspects,
      Map<String, Diagnosis.NotChecked> missed,
      Map<String, String> answers) {
    List<String> found =
        suspects.stream()
            .filter(c -> concerns(knowledge, check, c))
            .map(Diagnosis.Cause::name)
            .toList();
    Diagnosis.NotChecked not = missed.get(check.id());
    boolean applies =
        check.questions().isEmpty()
            || !check.questions().stream().allMatch(q -> "not-applicable".equals(answers.get(q)));
    State state =
        !found.isEmpty()
            ? State.PROBLEM
            : !applies ? State.NOT_APPLICABLE : not != null ? State.NOT_CHECKED : State.FINE;
    boolean open = state == State.NOT_CHECKED;
    return new Item(
        check.step(),
        check.id(),
        check.text().in(org.aitia.knowledge.Language.of(diagnosis.language())),
        state,
        found,
        open ? not.missing() : null,
        open ? not.how() : null);
  }

  /**
   * A cause is a problem of the checks of its own step that look for it; where that step has none,
   * of every check that looks for it.
   */
  private static boolean concerns(Knowledge knowledge, Check check, Diagnosis.Cause cause) {
    if (!check.causes().contains(cause.id())) {
      return false;
    }
    Set<String> steps =
        knowledge.checks().values().stream()
            .filter(c -> c.causes().contains(cause.id()))
            .map(Check::step)
            .collect(Collectors.toSet());
    return check.step().equals(cause.step()) || !steps.contains(cause.step());
  }
}
