package org.aitia.reasoning.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Step.State;
import org.aitia.knowledge.Verdict;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.fact.Advice;
import org.aitia.reasoning.fact.Advice.Kind;
import org.aitia.reasoning.fact.Limits;
import org.aitia.reasoning.fact.Listed;
import org.aitia.reasoning.fact.Looked;
import org.aitia.reasoning.fact.SpeaksFor;
import org.aitia.reasoning.fact.Tread;
import org.aitia.reasoning.rule.RuleBook;
import org.junit.jupiter.api.Test;

/** The decision tree as the domain describes it: what holds up what, and what to do first. */
final class TreeTest {
  private static final Knowledge KNOWLEDGE = KnowledgeReader.compiled();
  private static final RuleBook RULES = RuleBook.builtIn();

  /** Plausible from 0.25, certain from 0.9, three to look at, clear by files from a half. */
  private static final Limits LIMITS = new Limits(0.5, 0.25, 0.9, 3, 0.8, 0.2, 3, 0.5);

  private final List<Listed> causes = new ArrayList<>();
  private final List<SpeaksFor> signs = new ArrayList<>();
  private final List<Looked> checks = new ArrayList<>();
  private final List<Tread.Shown> shown = new ArrayList<>();

  private TreeTest cause(String id, String step, double probability) {
    causes.add(new Listed(id, step, probability, causes.size() + 1));
    return this;
  }

  private TreeTest rests(String cause, String... on) {
    for (String sign : on) {
      signs.add(new SpeaksFor(cause, sign));
    }
    return this;
  }

  private TreeTest check(String step, boolean byFiles, boolean made) {
    checks.add(new Looked("c" + checks.size(), step, byFiles, made));
    return this;
  }

  private Walk walked(Verdict verdict) {
    return Walk.down(RULES.base(), KNOWLEDGE, LIMITS, verdict, causes, signs, checks, shown);
  }

  /** The states of the steps that are not open. */
  private Map<String, State> states(Verdict verdict) {
    Map<String, State> states = walked(verdict).states();
    assertThat(states).containsOnlyKeys(KNOWLEDGE.steps().keySet());
    states.values().removeIf(s -> s == State.OPEN);
    return states;
  }

  private List<Advice> advice() {
    return walked(Verdict.FAULTY).advice();
  }

  @Test
  void aSuspectStepHoldsUpAllThatRestOnIt() {
    Map<String, State> states = cause("c", "5a.train", 0.6).states(Verdict.FAULTY);
    assertThat(states)
        .containsEntry("5a.train", State.SUSPECT)
        .containsEntry("5b.validation", State.WAITING)
        .containsEntry("5c.test", State.WAITING)
        .containsEntry("repeat", State.WAITING)
        .doesNotContainKeys("3.data", "4.loss");
  }

  @Test
  void whatRefinesAStepMakesItSuspect() {
    Map<String, State> states = cause("c", "4b.slow", 0.3).states(Verdict.UNDECIDED);
    assertThat(states)
        .containsEntry("4b.slow", State.SUSPECT)
        .containsEntry("4.loss", State.SUSPECT)
        .containsEntry("5a.train", State.WAITING)
        .containsEntry("5c.test", State.WAITING)
        .doesNotContainKey("4a.diverged");
  }

  @Test
  void aCauseThatIsHardlyLikelyHoldsUpNothing() {
    assertThat(cause("c", "5a.train", 0.2).states(Verdict.FAULTY))
        .doesNotContainKeys("5a.train", "5b.validation");
  }

  @Test
  void aSuspectStepThatWaitsItselfIsSuspect() {
    assertThat(cause("a", "5a.train", 0.9).cause("b", "5b.validation", 0.4).states(Verdict.FAULTY))
        .containsEntry("5b.validation", State.SUSPECT)
        .containsEntry("5c.test", State.WAITING);
  }

  @Test
  void nothingIsRepeatedWhereNothingIsWrong() {
    assertThat(states(Verdict.HEALTHY)).containsEntry("repeat", State.NOT_APPLICABLE);
    assertThat(states(Verdict.UNDECIDED)).containsEntry("repeat", State.NOT_APPLICABLE);
  }

  @Test
  void clearIsWhatWasLookedAtWhole() {
    check("3.data", true, true).check("3.data", false, true);
    check("2.structure", true, true).check("2.structure", true, false);
    check("prepare.design", false, true);
    assertThat(states(Verdict.HEALTHY))
        .containsEntry("3.data", State.CLEAR)
        .doesNotContainKeys("2.structure", "prepare.design", "4.loss");
  }

  @Test
  void filesAloneClearAStepOfWhichTheyTellHalf() {
    check("3.data", true, true).check("3.data", false, false);
    check("4.loss", true, true).check("4.loss", false, false).check("4.loss", false, false);
    check("1.code", false, false);
    assertThat(states(Verdict.HEALTHY))
        .containsEntry("3.data", State.CLEAR)
        .doesNotContainKeys("4.loss", "1.code");
  }

  @Test
  void whatAStepLooksForIsNotClearWhenItWasSeen() {
    check("4a.diverged", true, true).check("4.loss", true, true).check("3.data", true, true);
    shown.add(new Tread.Shown("4a.diverged"));
    assertThat(states(Verdict.UNDECIDED))
        .containsEntry("4a.diverged", State.SUSPECT)
        .containsEntry("4.loss", State.SUSPECT)
        .containsEntry("3.data", State.CLEAR);
    assertThat(states(Verdict.HEALTHY)).containsEntry("4a.diverged", State.CLEAR);
  }

  @Test
  void whatIsCertainIsRepairedAndWhatIsLikelyMadeSureOf() {
    cause("certain", "1.code", 0.95).cause("likely", "3.data", 0.5).cause("hardly", "4.loss", 0.1);
    assertThat(advice())
        .containsExactlyInAnyOrder(
            new Advice("certain", Kind.REPAIR),
            new Advice("likely", Kind.CONFIRM),
            new Advice("likely", Kind.REPAIR));
  }

  @Test
  void whereNothingIsLikelyTheFirstThreeAreLookedAt() {
    cause("a", "1.code", 0.2).cause("b", "1.code", 0.1).cause("c", "1.code", 0.1);
    cause("d", "1.code", 0.1);
    assertThat(advice())
        .containsExactlyInAnyOrder(
            new Advice("a", Kind.CONFIRM),
            new Advice("b", Kind.CONFIRM),
            new Advice("c", Kind.CONFIRM));
  }

  /** A division by zero and an overflow are taken for each other, a rate too high for neither. */
  @Test
  void ofTwoThatShowTheSameAnExperimentComesFirst() {
    cause("log-of-zero-or-division-by-zero", "4a.diverged", 0.99)
        .rests("log-of-zero-or-division-by-zero", "nan", "calm", "inside")
        .cause("numerical-overflow", "4a.diverged", 0.8)
        .rests("numerical-overflow", "nan", "inside");
    assertThat(advice())
        .contains(new Advice("log-of-zero-or-division-by-zero", Kind.CONFIRM))
        .contains(new Advice("log-of-zero-or-division-by-zero", Kind.REPAIR));
  }

  @Test
  void aSignOfItsOwnMakesTheSecondAFaultOfItsOwn() {
    cause("log-of-zero-or-division-by-zero", "4a.diverged", 0.99)
        .rests("log-of-zero-or-division-by-zero", "nan", "calm", "inside")
        .cause("numerical-overflow", "4a.diverged", 0.8)
        .rests("numerical-overflow", "nan", "half-precision");
    assertThat(advice())
        .doesNotContain(new Advice("log-of-zero-or-division-by-zero", Kind.CONFIRM));
  }

  @Test
  void aSecondThatIsHardlyLikelyOrOfAnotherKindNeedsNoExperiment() {
    cause("log-of-zero-or-division-by-zero", "4a.diverged", 0.99)
        .rests("log-of-zero-or-division-by-zero", "nan")
        .cause("numerical-overflow", "4a.diverged", 0.4)
        .rests("numerical-overflow", "nan")
        .cause("class-imbalance", "3.data", 0.8)
        .rests("class-imbalance", "nan");
    assertThat(advice())
        .doesNotContain(new Advice("log-of-zero-or-division-by-zero", Kind.CONFIRM));
  }
}
