package org.aitia.any;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.observation.Comparers;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Observation;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.document.HtmlReport;
import org.aitia.report.document.MarkdownReport;
import org.aitia.report.terminal.TextReport;
import org.aitia.run.Companions;
import org.aitia.run.Run;

/** Whatever a run holds, it is measured, compared, diagnosed and written. */
final class AnyRunTest {
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();

  @Provide
  Arbitrary<Recipe> recipes() {
    Arbitrary<Set<Recipe.Part>> some =
        Arbitraries.of(Recipe.Part.class).set().ofMinSize(0).ofMaxSize(Recipe.Part.values().length);
    Arbitrary<Set<Recipe.Part>> all = Arbitraries.just(EnumSet.allOf(Recipe.Part.class));
    return Combinators.combine(
            Arbitraries.longs().between(0, 1_000_000),
            Arbitraries.of(0.0, 0.01, 0.05, 0.3, 1.0),
            Arbitraries.oneOf(some, all))
        .as(Recipe::new);
  }

  @Property(seed = "17", tries = 400, shrinking = ShrinkingMode.BOUNDED)
  void isMeasured(@ForAll("recipes") Recipe recipe) {
    Run run = AnyRun.of(recipe);
    List<Observation> found = Ranges.check(Observing.measure(run, new Companions(run, null)));
    assertThat(Observing.observe(AnyRun.of(recipe), new Companions(run, null))).isEqualTo(found);
  }

  @Property(seed = "17", tries = 300, shrinking = ShrinkingMode.BOUNDED)
  void isCompared(@ForAll("recipes") Recipe one, @ForAll("recipes") Recipe other) {
    Ranges.check(
        Comparers.differences(AnyRun.of(one), AnyRun.of(other), Observing.LIMITS.values()));
  }

  @Property(seed = "17", tries = 100, shrinking = ShrinkingMode.BOUNDED)
  void isDiagnosedAndWritten(@ForAll("recipes") Recipe one, @ForAll("recipes") Recipe other) {
    Run run = AnyRun.of(one);
    Companions companions =
        new Companions(AnyRun.of(other), other.seed() % 2 == 0 ? AnyRun.of(other) : null);
    Diagnoser.Examination examination = DIAGNOSER.examine(run, companions);
    for (Language language : Language.values()) {
      Diagnosis diagnosis = examination.diagnose(language);
      assertThat(diagnosis.failed()).isEmpty();
      assertThat(DiagnosisJson.indented().render(diagnosis)).contains("\"verdict\"");
      assertThat(DiagnosisJson.lines().render(diagnosis).lines().count()).isOne();
      assertThat(new HtmlReport(DIAGNOSER.knowledge()).render(diagnosis)).isNotBlank();
      assertThat(new MarkdownReport(DIAGNOSER.knowledge(), null).render(diagnosis)).isNotBlank();
      assertThat(new TextReport(DIAGNOSER.knowledge(), 80, true).render(diagnosis)).isNotBlank();
    }
  }
}
