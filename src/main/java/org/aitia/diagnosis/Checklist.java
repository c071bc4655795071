package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Knowledge;

/**
 * The checklist form of a diagnosis: what became of each thing an expert looks at.
 *
 * @param summary of the diagnosis, in one or two sentences
 * @param items in the order of the tree
 */
public record Checklist(
    String source, String language, String knowledge, String summary, List<Item> items) {
  private static final Set<String> UNTOLD = Set.of("unknown", "skip");

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
   * @param causes the causes found, when there is a problem, with what speaks for them most
   * @param answers what the user answered to its questions, by question
   * @param open questions whose answers would do as well as the evidence that is missing
   * @param missing what was missing, when it was not checked; null otherwise
   * @param how how to get that; null otherwise
   */
  public record Item(
      String step,
      String check,
      String text,
      State state,
      List<Found> causes,
      Map<String, String> answers,
      List<String> open,
      String missing,
      String how) {}

  /**
   * A cause that a check came upon.
   *
   * @param probability 0 to 1
   * @param evidence what speaks for it most; null when nothing was seen
   */
  public record Found(String id, String name, double probability, String evidence) {
    private static Found of(Diagnosis.Cause cause) {
      return new Found(
          cause.id(),
          cause.name(),
          cause.probability(),
          cause.supports().isEmpty() ? null : cause.supports().get(0).text());
    }
  }

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
    return new Checklist(
        diagnosis.source(),
        diagnosis.language(),
        diagnosis.knowledge(),
        diagnosis.summary(),
        List.copyOf(items));
  }

  private static Item item(
      Knowledge knowledge,
      Diagnosis diagnosis,
      Check check,
      List<Diagnosis.Cause> suspects,
      Map<String, Diagnosis.NotChecked> missed,
      Map<String, String> answers) {
    List<Found> found =
        suspects.stream().filter(c -> concerns(knowledge, check, c)).map(Found::of).toList();
    Diagnosis.NotChecked not = missed.get(check.id());
    Map<String, String> given = new LinkedHashMap<>();
    check.questions().stream()
        .filter(q -> !UNTOLD.contains(answers.getOrDefault(q, "skip")))
        .forEach(q -> given.put(q, answers.get(q)));
    boolean applies =
        !diagnosis.notApplicable().contains(check.id()) && asked(knowledge, check, answers);
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
        given,
        open
            ? check.questions().stream()
                .filter(q -> !given.containsKey(q) && !pointless(knowledge, q, answers))
                .toList()
            : List.of(),
        open ? not.missing() : null,
        open ? not.how() : null);
  }

  /** Whether one of its questions makes sense, where it has any. */
  private static boolean asked(Knowledge knowledge, Check check, Map<String, String> answers) {
    return check.questions().isEmpty()
        || !check.questions().stream().allMatch(q -> pointless(knowledge, q, answers));
  }

  /** Whether the user said that a question does not apply, or what leaves it no sense. */
  private static boolean pointless(
      Knowledge knowledge, String question, Map<String, String> answers) {
    return "not-applicable".equals(answers.get(question))
        || knowledge.questions().get(question).onlyIf().entrySet().stream()
            .anyMatch(
                e -> {
                  String given = answers.getOrDefault(e.getKey(), "skip");
                  return !UNTOLD.contains(given) && !e.getValue().contains(given);
                });
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
