package org.aitia.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What entries of the knowledge base say when they are asked, worked out by hand. */
final class EntriesTest {
  private static final Text TEXT = new Text("one", "一");

  private static Question question(
      Question.Kind kind, Map<String, Question.Answer> answers, Map<String, List<String>> onlyIf) {
    return new Question(
        "q",
        "3.data",
        kind,
        Cost.SECONDS,
        null,
        false,
        "rows",
        null,
        null,
        TEXT,
        TEXT,
        TEXT,
        onlyIf,
        null,
        answers,
        null);
  }

  private static Question.Answer limit(double limit) {
    return new Question.Answer(null, null, limit, null, null);
  }

  private static Knowledge knowledge(Map<String, Text> terms) {
    return new Knowledge(
        "1", Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), terms, null, null, null, null);
  }

  private static Check check(
      List<String> needs,
      List<String> instead,
      List<String> questions,
      List<String> settings,
      List<String> only) {
    return new Check("c", "3.data", null, needs, instead, questions, settings, only, TEXT, TEXT);
  }

  @ParameterizedTest
  @CsvSource({"4, below", "5, 5", "7, 7", "50, 50", "50.5, above", "many, many"})
  void aNumberFallsUnderALimitThatItPasses(String value, String band) {
    Map<String, Question.Answer> answers = Map.of("below", limit(5), "above", limit(50));
    assertThat(question(Question.Kind.NUMBER, answers, null).band(value)).isEqualTo(band);
    assertThat(question(Question.Kind.CHOICE, answers, null).band("4")).isEqualTo("4");
    assertThat(question(Question.Kind.NUMBER, Map.of(), null).band("4")).isEqualTo("4");
  }

  @Test
  void aQuestionThatBuildsOnAnswersWaitsForAllOfThem() {
    Map<String, List<String>> onlyIf = Map.of("a", List.of("yes", "some"), "b", List.of("no"));
    Question built = question(Question.Kind.YES_NO, Map.of(), onlyIf);
    assertThat(built.fits(Map.of("a", "some", "b", "no"))).isTrue();
    assertThat(built.fits(Map.of("a", "no", "b", "no"))).isFalse();
    assertThat(built.fits(Map.of("a", "yes"))).isFalse();
    assertThat(question(Question.Kind.YES_NO, Map.of(), null).fits(Map.of())).isTrue();
  }

  @Test
  void whoDoesNotKnowHasNotAnswered() {
    assertThat(
            Question.answered(
                Map.of("a", "yes", "b", "unknown", "c", "skip", "d", "not-applicable", "e", "7")))
        .containsExactlyInAnyOrder("a", "e");
  }

  @Test
  void aRangeHoldsBothItsEnds() {
    Question.Range range = new Question.Range(1, 3);
    assertThat(range.contains(1)).isTrue();
    assertThat(range.contains(3)).isTrue();
    assertThat(range.contains(0.9)).isFalse();
    assertThat(range.contains(3.1)).isFalse();
  }

  @Test
  void kindsOfQuestionsAreReadAsTheyAreWritten() {
    assertThat(Question.Kind.of("yes-no")).isEqualTo(Question.Kind.YES_NO);
    assertThat(Question.Kind.YES_NO.id()).isEqualTo("yes-no");
  }

  @Test
  void anAnswerClaimsWhatItSpeaksForAndAgainst() {
    List<Claim> claims =
        new Question.Answer(null, null, null, Map.of("a", Level.STRONG), Map.of("b", Level.WEAK))
            .claims("q");
    assertThat(claims)
        .containsExactly(
            Claim.of("a", Stance.FOR, Level.STRONG, "answer:q"),
            Claim.of("b", Stance.AGAINST, Level.WEAK, "answer:q"));
    assertThat(claims.get(0).supports()).isTrue();
    assertThat(claims.get(1).supports()).isFalse();
  }

  @Test
  void aClaimIsChangedInOneThing() {
    Claim claim = Claim.of("a", Stance.FOR, Level.WEAK, "rows").by("rule", List.of("fact", 7));
    assertThat(claim.rule()).isEqualTo("rule");
    assertThat(claim.because(Integer.class)).containsExactly(7);
    assertThat(claim.at(Level.STRONG).level()).isEqualTo(Level.STRONG);
    assertThat(claim.at(Level.STRONG).rule()).isEqualTo("rule");
    assertThat(claim.seeing("loss").sees()).isEqualTo("loss");
    assertThat(claim.isContradiction()).isFalse();
    assertThat(claim.as(Kind.CONTRADICTION).isContradiction()).isTrue();
    assertThat(claim.as(Kind.CONTRADICTION).because()).containsExactly("fact", 7);
  }

  @Test
  void aClaimWeighsItsLevelOnItsSide() {
    Weights weights =
        new Weights(
            Map.of(Level.WEAK, 1.5), Map.of(Level.WEAK, 2.5), Map.of(), Map.of("sure", 0.9));
    assertThat(weights.of(Claim.of("a", Stance.FOR, Level.WEAK, "x"))).isEqualTo(1.5);
    assertThat(weights.of(Claim.of("a", Stance.AGAINST, Level.WEAK, "x"))).isEqualTo(-2.5);
    assertThat(weights.limit("sure")).isEqualTo(0.9);
    Weights other = weights.with(Map.of("sure", 0.8, "leak", 0.1));
    assertThat(other.limit("sure")).isEqualTo(0.8);
    assertThat(other.limit("leak")).isEqualTo(0.1);
    assertThat(other.of(Claim.of("a", Stance.FOR, Level.WEAK, "x"))).isEqualTo(1.5);
    assertThatThrownBy(() -> weights.limit("leak"))
        .hasMessage("weights.yaml has no limit named leak");
  }

  /** 3 of 9 runs with the cause, 1 of 19 without: (3.5 / 10) / (1.5 / 20) = 4.667. */
  @Test
  void whatWasCountedIsARatioOfShares() {
    Counts counts =
        new Counts(28, Map.of("a", 9), Map.of("rule", Map.of("a", new Counts.Fired(3, 1))));
    assertThat(Math.exp(counts.logRatio("rule", "a", 0.005))).isCloseTo(4.6667, within(1e-3));
    // a leak of 0.35 in the place of 0.075
    assertThat(counts.logRatio("rule", "a", 0.35)).isCloseTo(0, within(1e-9));
    // never spoke: (0.5 / 10) / (0.5 / 20)
    assertThat(Math.exp(counts.logRatio("other", "a", 0))).isCloseTo(2, within(1e-9));
    // a cause of no run: (0.5 / 1) / (0.5 / 29)
    assertThat(Math.exp(counts.logRatio("other", "b", 0))).isCloseTo(29, within(1e-9));
  }

  @Test
  void aThresholdIsPassedWithinItsLimits() {
    Threshold between = new Threshold("m", 1.0, 3.0, "", "");
    assertThat(between.exceededBy(2)).isTrue();
    assertThat(between.exceededBy(1)).isFalse();
    assertThat(between.exceededBy(3)).isFalse();
    assertThat(between.limit()).isEqualTo(1);
    assertThat(new Threshold("m", null, 3.0, "", "").limit()).isEqualTo(3);
    assertThat(new Threshold("m", null, 3.0, "", "").exceededBy(-9)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER, 0.5, 0.1, 5",
    "NUMBER, 32, 1, 32",
    "NUMBER, 2e-5, 1, 2.0E-5",
    "NUMBER, 0.123456789, 1, 0.123457",
    "NUMBER, auto, 1,",
    "CHOICE, 32, 1,"
  })
  void aSettingAmountsToANumber(Question.Kind kind, String read, double scale, String answer) {
    KnownBy by = new KnownBy("s", null, scale, null);
    assertThat(by.answer(kind, read).orElse(null)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"AdamW, adam", "adam, adam", "SGD, sgd", "mySGDs, other", "Lion, other"})
  void aSettingAmountsToAChoice(String read, String answer) {
    Map<String, List<String>> values = new java.util.LinkedHashMap<>();
    values.put("adam", List.of("adam"));
    values.put("sgd", List.of("sgd", "descent"));
    values.put("other", List.of("*"));
    KnownBy by = new KnownBy("optimizer", null, null, values);
    assertThat(by.answer(Question.Kind.CHOICE, read)).contains(answer);
    assertThat(by.stated(Question.Kind.CHOICE, "sgd")).contains("sgd");
    assertThat(by.stated(Question.Kind.CHOICE, "none")).isEmpty();
  }

  @Test
  void anAnswerStatesASettingInItsUnit() {
    KnownBy percent = new KnownBy("dropout", null, 0.01, null);
    assertThat(percent.stated(Question.Kind.NUMBER, "50")).contains(0.5);
    assertThat(percent.stated(Question.Kind.NUMBER, "half")).isEmpty();
    assertThat(percent.number(0.5)).isEqualTo("50");
    assertThat(new KnownBy("x", null, null, null).number(1e16)).isEqualTo("1.0E16");
  }

  @Test
  void aCheckIsCoveredByWhatItNeedsOrWhatDoesAsWell() {
    Grounds grounds = new Grounds(Set.of("a", "b"), Set.of("q"), Set.of("network"), Set.of());
    assertThat(grounds.lackedBy(check(List.of("a", "x"), null, null, null, null)))
        .containsExactly("x");
    assertThat(grounds.lackedBy(check(List.of("x"), List.of("a", "b"), null, null, null)))
        .isEmpty();
    assertThat(grounds.lackedBy(check(List.of("x"), List.of("a", "y"), null, null, null)))
        .containsExactly("x");
    assertThat(grounds.lackedBy(check(List.of("x"), null, List.of("q"), null, null))).isEmpty();
    assertThat(grounds.lackedBy(check(List.of("answers"), null, List.of("p"), null, null)))
        .containsExactly("answers");
    assertThat(check(List.of("answers"), null, null, null, null).byFiles()).isFalse();
    assertThat(check(List.of("a"), null, null, null, null).byFiles()).isTrue();
  }

  @Test
  void aCheckOfSettingsNeedsOneOfThem() {
    Grounds told = new Grounds(Set.of("config"), Set.of(), Set.of(), Set.of("batch-size"));
    Check batch = check(List.of("config"), null, null, List.of("batch-size", "epochs"), null);
    Check rate = check(List.of("config"), null, null, List.of("learning-rate"), null);
    assertThat(told.lackedBy(batch)).isEmpty();
    assertThat(told.lackedBy(rate)).containsExactly("config");
    assertThat(told.isUntold(rate)).isTrue();
    assertThat(told.isUntold(batch)).isFalse();
    assertThat(told.isUntold(check(List.of("config"), null, null, null, null))).isFalse();
    Grounds nothing = new Grounds(Set.of(), Set.of(), Set.of(), Set.of());
    assertThat(nothing.isUntold(rate)).isFalse();
  }

  @Test
  void aCheckThatIsPointlessForARunIsNotItsOwn() {
    Grounds network = new Grounds(Set.of(), Set.of("q"), Set.of("network"), Set.of());
    assertThat(network.cover(check(null, null, null, null, List.of("network")))).isTrue();
    assertThat(network.cover(check(null, null, null, null, List.of("boosting")))).isFalse();
    assertThat(network.cover(check(null, null, List.of("q"), null, List.of("boosting")))).isTrue();
  }

  @Test
  void anAnswerIsToldInTheWordsOfPeople() {
    Knowledge knowledge =
        knowledge(Map.of("answer-yes", new Text("yes", "是"), "unit-rows", new Text("lines", "行")));
    Question choice =
        question(
            Question.Kind.CHOICE,
            Map.of("disk", new Question.Answer(TEXT, null, null, null, null)),
            null);
    assertThat(knowledge.answer(choice, "disk", Language.ZH)).isEqualTo("一");
    assertThat(knowledge.answer(choice, "yes", Language.ZH)).isEqualTo("是");
    assertThat(knowledge.answer(choice, "tape", Language.EN)).isEqualTo("tape");
    Question number = question(Question.Kind.NUMBER, Map.of("below", limit(5)), null);
    assertThat(knowledge.answer(number, "7", Language.EN)).isEqualTo("7 lines");
    assertThat(knowledge.answer(number, "2.0E-5", Language.ZH)).isEqualTo("2e-5 行");
    assertThat(knowledge.unit("learning rate", Language.EN)).isEqualTo("learning rate");
    assertThat(knowledge.term("answer-yes", Language.EN)).isEqualTo("yes");
    assertThat(knowledge.term("nothing", Language.EN)).isEqualTo("nothing");
  }

  @Test
  void whatThereIsNotIsNamed() {
    assertThatThrownBy(() -> knowledge(Map.of()).cause("rain")).hasMessage("no cause named rain");
    assertThatThrownBy(() -> knowledge(Map.of()).symptom("wet")).hasMessage("no symptom named wet");
  }

  @Test
  void knowledgeIsChangedInOneThing() {
    Knowledge plain = knowledge(Map.of("a", TEXT));
    assertThat(plain.named("2").version()).isEqualTo("2");
    assertThat(plain.named("2").terms()).containsKey("a");
    ObserverLimit rows = new ObserverLimit("rows", 3, "count", List.of("m"), "o", "r");
    Knowledge limited = plain.limited(Map.of("rows", rows));
    assertThat(limited.limitValues()).isEqualTo(Map.of("rows", 3.0));
    assertThat(limited.version()).isEqualTo("1");
    assertThat(rows.with(5, "mine.yaml"))
        .isEqualTo(new ObserverLimit("rows", 5, "count", List.of("m"), "mine.yaml", "set by you"));
    Counts counts = new Counts(4, Map.of(), Map.of());
    assertThat(plain.counted(counts).counts()).isEqualTo(counts);
    Weights weights = new Weights(Map.of(), Map.of(), Map.of(), Map.of());
    assertThat(plain.weighed(weights).weights()).isEqualTo(weights);
    Question asked = question(Question.Kind.TEXT, null, null);
    assertThat(plain.asking(Map.of("q", asked)).questions()).containsOnlyKeys("q");
    SymptomType wet =
        new SymptomType("wet", "rain", Severity.LOW, null, TEXT, null, null, false, null);
    assertThat(plain.with(Map.of("wet", wet)).symptom("wet")).isEqualTo(wet);
    assertThat(wet.telling()).isEqualTo(Telling.PLAIN);
  }

  @Test
  void aSignIsASymptomWhereItIsFound() {
    Sign sign =
        new Sign(
            null,
            null,
            null,
            null,
            false,
            null,
            null,
            "maker",
            "rounds",
            null,
            Map.of("a", Level.STRONG),
            Map.of("b", Level.WEAK));
    SymptomType type =
        new SymptomType("old", "env", Severity.LOW, null, TEXT, null, sign, false, null);
    assertThat(type.threshold()).isEqualTo(new Threshold("sign:old", 0.0, null, "maker", "rounds"));
    assertThat(sign.claims("env"))
        .containsExactly(
            Claim.of("a", Stance.FOR, Level.STRONG, "sign:env"),
            Claim.of("b", Stance.AGAINST, Level.WEAK, "sign:env"));
    Threshold other = new Threshold("m", 2.0, null, "", "");
    assertThat(type.with(other).threshold()).isEqualTo(other);
  }

  @Test
  void aDifferenceHasAnEffectAndAnAgreementHasNone() {
    Map<String, Level> one = Map.of("a", Level.WEAK);
    assertThat(new Difference("rate", TEXT, null, one, null, null).differs()).isTrue();
    assertThat(new Difference("rate", null, null, one, null, null).differs()).isFalse();
    assertThat(new Difference(null, TEXT, null, one, null, null).differs()).isFalse();
    assertThat(new Difference("rate", TEXT, null, one, null, null).claims())
        .containsExactly(Claim.of("a", Stance.FOR, Level.WEAK, "reference:rate"));
  }

  @ParameterizedTest
  @CsvSource({"zh, ZH", "zh-CN, ZH", "ZH_TW.UTF-8, ZH", "en, EN", "de, EN", ", EN"})
  void languagesAreToldByTheirTags(String tag, Language language) {
    assertThat(Language.of(tag)).isEqualTo(language);
  }

  @Test
  void wordsOfTheFilesAreReadAsTheyAreWritten() {
    assertThat(Language.ZH.tag()).isEqualTo("zh");
    assertThat(TEXT.in(Language.ZH)).isEqualTo("一");
    assertThat(TEXT.in(Language.EN)).isEqualTo("one");
    assertThat(Level.of("decisive")).isEqualTo(Level.DECISIVE);
    assertThat(Level.DECISIVE.id()).isEqualTo("decisive");
    assertThat(Cost.of("retrain")).isEqualTo(Cost.RETRAIN);
    assertThat(Cost.RETRAIN.id()).isEqualTo("retrain");
    assertThat(Severity.of("none")).isEqualTo(Severity.NONE);
    assertThat(Severity.NONE.id()).isEqualTo("none");
    assertThat(Kind.of("contradiction")).isEqualTo(Kind.CONTRADICTION);
    assertThat(Kind.CONTRADICTION.id()).isEqualTo("contradiction");
    assertThat(Verdict.of("healthy")).isEqualTo(Verdict.HEALTHY);
    assertThat(Verdict.HEALTHY.id()).isEqualTo("healthy");
    assertThatThrownBy(() -> Verdict.of("fine")).hasMessage("there is no verdict fine");
    assertThat(Stance.AGAINST.id()).isEqualTo("against");
    assertThat(Step.State.NOT_APPLICABLE.id()).isEqualTo("not-applicable");
    assertThat(Framework.KERAS.id()).isEqualTo("keras");
    assertThat(Framework.MINDSPORE.title()).isEqualTo("MindSpore");
  }

  @Test
  void stepsBeforeAndAfterTheWalkAreToldByTheirIds() {
    Step before = new Step("prepare.know", TEXT, TEXT, null, null);
    Step again = new Step("repeat", TEXT, TEXT, null, null);
    assertThat(before.preparation()).isTrue();
    assertThat(before.repetition()).isFalse();
    assertThat(again.preparation()).isFalse();
    assertThat(again.repetition()).isTrue();
  }

  @Test
  void problemsAreSaidLineByLine() {
    KnowledgeException found = new KnowledgeException(List.of("a", "b"));
    assertThat(found).hasMessage("a" + System.lineSeparator() + "b");
    assertThat(found.problems()).containsExactly("a", "b");
  }
}
