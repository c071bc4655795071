package org.aitia.report.document;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Step.State;
import org.aitia.report.Cells;
import org.aitia.report.Words;

/** Diagrams in the Mermaid language, as Markdown viewers draw them. */
final class Mermaid {
  private static final int MAX_LABEL = 90;

  /** Fill and border of a step by its state; the text stays dark on all of them. */
  private static final Map<State, String> COLOURS =
      Map.of(
          State.CLEAR, "fill:#d7f0dc,stroke:#2e7d4f,color:#16301f",
          State.SUSPECT, "fill:#f9d6d5,stroke:#b3261e,color:#3b0d0b",
          State.OPEN, "fill:#f2f2f2,stroke:#8a8a8a,color:#333333",
          State.WAITING, "fill:#fdf0cc,stroke:#a67c00,color:#3d2e00",
          State.NOT_APPLICABLE, "fill:#fafafa,stroke:#cccccc,color:#888888");

  private final Knowledge knowledge;
  private final Words words;

  Mermaid(Knowledge knowledge, Words words) {
    this.knowledge = knowledge;
    this.words = words;
  }

  /** A cause's chain from the root to the symptom. */
  String chain(Diagnosis.Cause cause, Diagnosis diagnosis) {
    StringBuilder out = new StringBuilder("flowchart LR\n");
    List<String> chain = cause.chain();
    for (int i = 0; i < chain.size(); i++) {
      boolean symptom = !knowledge.causes().containsKey(chain.get(i));
      String label = label(words.link(chain.get(i), diagnosis));
      out.append("  c").append(i).append(symptom ? "([" : "[").append(label);
      out.append(symptom ? "])" : "]").append('\n');
    }
    for (int i = 1; i < chain.size(); i++) {
      out.append("  c").append(i - 1).append(" --> c").append(i).append('\n');
    }
    return out.toString();
  }

  /** The decision tree with the state of each step. */
  String tree(Diagnosis diagnosis) {
    StringBuilder out = new StringBuilder("flowchart TD\n");
    List<Diagnosis.StepState> steps = diagnosis.tree();
    String last = null;
    for (int i = 0; i < steps.size(); i++) {
      Diagnosis.StepState s = steps.get(i);
      String text = Words.sign(s.state()) + " " + s.step() + " " + s.name();
      out.append("  s").append(i).append('[').append(label(text)).append("]:::");
      out.append(styleOf(s.state())).append('\n');
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = knowledge.steps().get(steps.get(i).step());
      if (step != null && step.parent() != null && index(steps, step.parent()) >= 0) {
        out.append("  s").append(index(steps, step.parent())).append(" -.-> s").append(i);
        out.append('\n');
      } else {
        if (last != null) {
          out.append("  ").append(last).append(" --> s").append(i).append('\n');
        }
        last = "s" + i;
      }
    }
    out.append(
        steps.stream()
            .map(Diagnosis.StepState::state)
            .distinct()
            .map(c -> "  classDef " + styleOf(c) + " " + COLOURS.get(c) + "\n")
            .collect(Collectors.joining()));
    return out.toString();
  }

  private static int index(List<Diagnosis.StepState> steps, String id) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).step().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Names of styles have no hyphens. */
  private static String styleOf(State state) {
    return state == State.NOT_APPLICABLE ? "notApplicable" : state.id();
  }

  /** A quoted label; what Mermaid or HTML would read as their own is written as an entity. */
  static String label(String text) {
    StringBuilder safe = new StringBuilder("\"");
    Cells.cut(text, MAX_LABEL)
        .codePoints()
        .forEach(
            p -> {
              if ("\"`<>&#;{}[]()|\\%*_~".indexOf(p) >= 0) {
                safe.append('#').append(p).append(';');
              } else {
                safe.appendCodePoint(p);
              }
            });
    return safe.append('"').toString();
  }
}
