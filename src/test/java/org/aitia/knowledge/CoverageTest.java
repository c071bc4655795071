package org.aitia.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.read.KnowledgeReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a thorough expert goes through, against the checks and questions that there are. */
final class CoverageTest {
  private static Knowledge knowledge;
  private static Map<String, Map<String, List<String>>> guide;

  @BeforeAll
  static void load() throws IOException {
    knowledge = KnowledgeReader.compiled();
    try (InputStream in = CoverageTest.class.getResourceAsStream("/checklist-guide.yaml")) {
      guide = new YAMLMapper().readValue(in, new TypeReference<>() {});
    }
  }

  @Test
  void everyItemOfTheUsualChecklistIsCoveredByAnExistingCheckAndQuestion() {
    assertThat(guide.get("items")).hasSize(24);
    guide
        .get("items")
        .forEach(
            (item, ids) -> {
              Set<String> known = new HashSet<>(knowledge.checks().keySet());
              assertThat(ids).as(item).anyMatch(known::contains);
              assertThat(ids).as(item).anyMatch(knowledge.questions()::containsKey);
              known.addAll(knowledge.questions().keySet());
              assertThat(known).as(item).containsAll(ids);
            });
  }

  @Test
  void everyExperimentSaysWhatToRunAndWhatEachOutcomeMeans() {
    guide
        .get("experiments")
        .forEach(
            (experiment, ids) -> {
              for (String id : ids) {
                Question question = knowledge.questions().get(id);
                assertThat(question).as(experiment).isNotNull();
                assertThat(question.snippets()).as(id).containsOnlyKeys(Framework.values());
                assertThat(question.answers().values())
                    .as(id)
                    .allMatch(a -> a.means() != null && !a.means().zh().isBlank());
              }
            });
  }

  @Test
  void everyStepOfTheTreeHasItsChecks() {
    assertThat(guide.get("steps").keySet()).isEqualTo(knowledge.steps().keySet());
    guide
        .get("steps")
        .forEach(
            (step, checks) ->
                assertThat(
                        knowledge.checks().values().stream()
                            .filter(c -> c.step().equals(step))
                            .map(Check::id))
                    .as(step)
                    .containsAll(checks));
  }

  /** A check for each: by its own, or, until somebody has written one, by its experiment. */
  @Test
  void everyCauseIsLookedForByACheckOrAskedForByItsExperimentAndSpokenOfByAnAnswer() {
    Map<String, Question> questions = knowledge.questions();
    assertThat(knowledge.causes().keySet())
        .allMatch(
            cause ->
                knowledge.checks().values().stream().anyMatch(c -> c.causes().contains(cause))
                    || questions.containsKey(cause + "-confirmed"))
        .allMatch(
            cause ->
                questions.values().stream()
                    .flatMap(q -> q.answers().values().stream())
                    .anyMatch(a -> a.supports().containsKey(cause)));
  }

  @Test
  void whatAQuestionBuildsOnIsAskedBeforeItInTheFile() {
    List<String> order = List.copyOf(knowledge.questions().keySet());
    knowledge
        .questions()
        .values()
        .forEach(
            q ->
                q.onlyIf()
                    .keySet()
                    .forEach(
                        other ->
                            assertThat(order.indexOf(other))
                                .as(q.id())
                                .isLessThan(order.indexOf(q.id()))));
  }
}
