package org.aitia.reasoning.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Sign;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.run.Report;
import org.aitia.run.settings.Environment;
import org.aitia.run.value.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Signs of the environment: each is found where it is, and not where something is alike. */
class SignsTest {
  private static final Knowledge KNOWLEDGE = KnowledgeReader.compiled();
  private static final Source LOG = new Source("train.log", "7");

  private static Environment saying(String line) {
    return new Environment(Map.of(), Map.of(), List.of(new Environment.Remark(line, LOG, true)));
  }

  private static Environment with(String... packages) {
    Map<String, Environment.Found> found = new java.util.LinkedHashMap<>();
    for (String p : packages) {
      String[] parts = p.split("==");
      found.put(parts[0], new Environment.Found(parts[1], new Source("requirements.txt", "1")));
    }
    return new Environment(found, Map.of(), List.of());
  }

  private static List<String> found(Environment environment) {
    return Signs.in(environment, KNOWLEDGE, 0).stream()
        .map(o -> o.measure().id().substring(Sign.MEASURE.length()))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyLineThatIsLookedFor() {
    return KNOWLEDGE.symptoms().values().stream()
        .filter(s -> s.sign() != null && s.sign().said() != null)
        .map(
            s ->
                DynamicTest.dynamicTest(
                    s.id(),
                    () -> {
                      assertThat(found(saying(s.sign().example()))).contains(s.id());
                      assertThat(found(saying(s.sign().unlike()))).doesNotContain(s.id());
                      concludes(s);
                    }));
  }

  /** The symptom is concluded, and with it what the entry says that it speaks for. */
  private static void concludes(SymptomType type) {
    List<Observation> signs = Signs.in(saying(type.sign().example()), KNOWLEDGE, 0);
    Conclusions conclusions =
        new Reasoner(KNOWLEDGE, RuleBook.builtIn())
            .conclude(signs, new Report(List.of(), Map.of(), List.of()));
    assertThat(conclusions.symptoms()).anyMatch(s -> s.id().equals(type.id()));
    type.sign()
        .supports()
        .keySet()
        .forEach(
            cause ->
                assertThat(conclusions.hypotheses())
                    .filteredOn(h -> h.cause().equals(cause))
                    .allMatch(h -> h.supported()));
  }

  @Test
  void versionsThatDoNotGoTogether() {
    assertThat(found(with("numpy==2.0.0", "torch==2.1.0+cu118")))
        .containsExactly("numpy-2-under-older-torch");
    assertThat(found(with("numpy==2.0.0", "torch==2.3.0"))).isEmpty();
    assertThat(found(with("numpy==1.26.4", "torch==2.1.0"))).isEmpty();
    assertThat(found(with("numpy==2.0.0"))).isEmpty();
    assertThat(found(with("numpy==2.4.6", "mindspore==2.10.0")))
        .containsExactly("numpy-2-under-mindspore");
    assertThat(found(with("numpy==1.26.4", "mindspore==2.10.0"))).isEmpty();
  }

  @Test
  void versionsThatBelongTogether() {
    assertThat(found(with("torch==2.1.2", "torchvision==0.17.0")))
        .containsExactly("torchvision-of-another-torch");
    assertThat(found(with("torch==2.1.2", "torchvision==0.16.2"))).isEmpty();
    assertThat(found(with("torch==9.1", "torchvision==0.16.2"))).as("not listed").isEmpty();
  }

  @Test
  void variables() {
    Source env = new Source("env.txt", "3");
    Environment disagreeing =
        new Environment(
            Map.of(),
            Map.of(
                "INF_NAN_MODE_ENABLE", new Environment.Found("0", env),
                "MS_ASCEND_CHECK_OVERFLOW_MODE", new Environment.Found("INFNAN_MODE", env)),
            List.of());
    assertThat(found(disagreeing)).containsExactly("overflow-modes-disagree");
    Environment agreeing =
        new Environment(
            Map.of(),
            Map.of(
                "INF_NAN_MODE_ENABLE", new Environment.Found("1", env),
                "MS_ASCEND_CHECK_OVERFLOW_MODE", new Environment.Found("INFNAN_MODE", env)),
            List.of());
    assertThat(found(agreeing)).isEmpty();
  }

  @Test
  void ranges() {
    assertThat(Signs.within("2.0.0rc1", ">=2.0")).isTrue();
    assertThat(Signs.within("1.26.4", ">=2.0")).isFalse();
    assertThat(Signs.within("2.10", ">=2.9 <2.11")).isTrue();
    assertThat(Signs.within("2.2", ">=2.9 <2.11")).isFalse();
    assertThat(Signs.within("unknown", ">=2.0")).isFalse();
  }

  @Test
  void theDetailIsWhatWasSaidAndWhere() {
    Observation sign =
        Signs.in(saying("RuntimeWarning: divide by zero encountered in log"), KNOWLEDGE, 0).get(0);
    assertThat(sign.detail()).isEqualTo("divide by zero encountered in log");
    assertThat(sign.source()).isEqualTo(LOG);
    assertThat(sign.subject()).isEqualTo("remarks");
  }
}
