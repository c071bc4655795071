package org.aitia.report.terminal;

import java.util.List;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Words;

/** Comparisons with other runs, for the terminal. */
public final class ComparisonLines {
  private static final int MAX_DIFFERENCES = 8;
  private static final int MAX_ITEMS = 6;
  private static final int MAX_NAMES = 2;

  private final Words words;
  private final Sheet sheet;
  private final boolean verbose;

  ComparisonLines(Words words, Sheet sheet, boolean verbose) {
    this.words = words;
    this.sheet = sheet;
    this.verbose = verbose;
  }

  /** How the run compares with its reference; nothing without one. */
  void reference(Diagnosis.Reference reference) {
    if (reference == null) {
      return;
    }
    sheet.heading(words.say("heading-reference", reference.source()));
    sheet.text(reference.summary(), 2);
    for (Diagnosis.Finding finding : reference.findings()) {
      sheet.item("  · ", finding.text(), List.of());
    }
    List<Diagnosis.Difference> list = reference.differences();
    int shown = verbose ? list.size() : Math.min(MAX_DIFFERENCES, list.size());
    for (Diagnosis.Difference d : list.subList(0, shown)) {
      sheet.item("  " + sheet.ink("≠", Ink.YELLOW) + " ", d.text(), List.of(d.effect()));
      if (verbose && !d.causes().isEmpty()) {
        sheet.text(words.say("may-mean", words.causes(d.causes())), 4, Ink.DIM);
      }
    }
    more(list.size() - shown);
    if (!reference.agreements().isEmpty()) {
      String agreed = String.join(words.say("comma"), reference.agreements());
      sheet.item("  " + sheet.ink("=", Ink.GREEN) + " ", words.say("agrees", agreed), List.of());
    }
  }

  /** What became of what was wrong before; nothing without a previous run. */
  void previous(Diagnosis.Previous previous) {
    if (previous == null) {
      return;
    }
    sheet.heading(words.say("heading-previous", previous.source()));
    sheet.text(previous.summary(), 2);
    outcome(
        "heading-fixed", "✓", Ink.GREEN, previous.causes().fixed(), previous.symptoms().fixed());
    outcome(
        "heading-remaining",
        "✗",
        Ink.RED,
        previous.causes().remaining(),
        previous.symptoms().remaining());
    outcome("heading-new", "!", Ink.YELLOW, previous.causes().fresh(), previous.symptoms().fresh());
    outcome(
        "heading-unclear",
        "○",
        Ink.DIM,
        previous.causes().unclear(),
        previous.symptoms().unclear());
    changed(previous.changes());
  }

  /** The same in a line for each outcome; nothing without a previous run. */
  void briefly(Diagnosis.Previous previous) {
    if (previous == null) {
      return;
    }
    sheet.heading(words.say("heading-previous", previous.source()));
    sheet.text(previous.summary(), 2);
    Diagnosis.Outcome causes = previous.causes();
    Diagnosis.Outcome symptoms = previous.symptoms();
    names("heading-fixed", causes.fixed(), symptoms.fixed());
    names("heading-remaining", causes.remaining(), symptoms.remaining());
    names("heading-new", causes.fresh(), symptoms.fresh());
  }

  private void names(String term, List<Diagnosis.Item> causes, List<Diagnosis.Item> symptoms) {
    List<String> names =
        java.util.stream.Stream.of(causes, symptoms)
            .flatMap(List::stream)
            .map(Diagnosis.Item::text)
            .limit(MAX_NAMES)
            .toList();
    if (!names.isEmpty()) {
      String more = causes.size() + symptoms.size() > names.size() ? " …" : "";
      String lead = "  " + words.say(term) + words.say("colon");
      sheet.item(sheet.ink(lead, Ink.BOLD), String.join(words.say("comma"), names) + more);
    }
  }

  /** How the run compares with its reference, in a few lines; nothing without one. */
  void briefly(Diagnosis.Reference reference) {
    if (reference == null) {
      return;
    }
    sheet.heading(words.say("heading-reference", reference.source()));
    sheet.text(reference.summary(), 2);
    reference.differences().stream()
        .limit(MAX_NAMES)
        .forEach(x -> sheet.item("  " + sheet.ink("≠", Ink.YELLOW) + " ", x.text()));
  }

  private void changed(List<Diagnosis.Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    sheet.text(words.say("heading-changes"), 2, Ink.BOLD);
    int shown = verbose ? changes.size() : Math.min(MAX_DIFFERENCES, changes.size());
    for (Diagnosis.Change change : changes.subList(0, shown)) {
      sheet.item("    " + sheet.ink("≠", Ink.YELLOW) + " ", change.text(), List.of());
    }
    more(changes.size() - shown);
  }

  private void outcome(
      String term, String sign, Ink ink, List<Diagnosis.Item> causes, List<Diagnosis.Item> rest) {
    if (causes.isEmpty() && rest.isEmpty()) {
      return;
    }
    sheet.text(words.say(term), 2, Ink.BOLD);
    for (Diagnosis.Item cause : causes) {
      sheet.item(
          "    " + sheet.ink(sign, ink) + " ", cause.text(), List.of(moved(cause)), Ink.BOLD);
    }
    int shown = verbose ? rest.size() : Math.min(MAX_ITEMS, rest.size());
    for (Diagnosis.Item symptom : rest.subList(0, shown)) {
      sheet.item("    " + sheet.ink(sign, ink) + " ", symptom.text(), List.of());
    }
    more(rest.size() - shown);
  }

  /** The probability before and now, as in {@code 92 % → 3 %}. */
  public static String moved(Diagnosis.Item cause) {
    return java.util.stream.Stream.of(cause.was(), cause.is())
        .filter(java.util.Objects::nonNull)
        .map(Words::percent)
        .collect(Collectors.joining(" → "));
  }

  private void more(int left) {
    if (left > 0) {
      sheet.text(words.say("more", left), 4, Ink.DIM);
    }
  }
}
