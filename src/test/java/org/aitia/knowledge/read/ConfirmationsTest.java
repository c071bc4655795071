package org.aitia.knowledge.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Question;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfirmationsTest {
  @TempDir Path folder;

  @BeforeEach
  void page() throws IOException {
    Path pages = Files.createDirectories(folder.resolve("causes/data"));
    Files.writeString(
        pages.resolve("stale-cache.md"),
        """
        ---
        family: data
        step: 3.data
        prior: rare
        confirm: minutes
        repair: retrain
        ---
        # Stale cache

        The samples come from a cache that was written before the data were changed.

        ## How to confirm

        Delete the cache and train one epoch: another first loss confirms it.

        ## How to repair

        Delete the cache.
        """);
    Files.writeString(
        pages.resolve("stale-cache.zh.md"),
        """
        # 缓存过期

        样本来自数据改动之前写入的缓存。

        ## 如何确认

        删除缓存再训练一轮：首个损失变了即可证实。

        ## 如何修复

        删除缓存。
        """);
  }

  @Test
  void whatComesOfTheExperimentOfAPageCanBeAskedInBothLanguages() throws IOException {
    Question question = with().questions().get("stale-cache-confirmed");
    assertThat(question.step()).isEqualTo("3.data");
    assertThat(question.kind()).isEqualTo(Question.Kind.YES_NO);
    assertThat(question.cost()).isEqualTo(Cost.MINUTES);
    assertThat(question.text().en()).contains("Stale cache");
    assertThat(question.text().zh()).contains("缓存过期");
    assertThat(question.how().en())
        .isEqualTo("Delete the cache and train one epoch: another first loss confirms it.");
    assertThat(question.how().zh()).isEqualTo("删除缓存再训练一轮：首个损失变了即可证实。");
    assertThat(question.answers().get("yes").supports())
        .isEqualTo(Map.of("stale-cache", Level.STRONG));
    assertThat(question.answers().get("no").opposes())
        .isEqualTo(Map.of("stale-cache", Level.STRONG));
  }

  @Test
  void aQuestionOfOnesOwnTakesItsPlace() throws IOException {
    Files.writeString(
        folder.resolve("questions.yaml"),
        """
        cache-deleted:
          step: 3.data
          kind: yes-no
          cost: minutes
          topic: data
          text: {en: "Was the first loss another one without the cache?", zh: "删除缓存后首个损失变了吗？"}
          why: {en: "Only a cache does that.", zh: "只有缓存会这样。"}
          how: {en: "Delete it.", zh: "删除它。"}
          answers:
            "yes": {for: {stale-cache: decisive}}
            "no": {against: {stale-cache: strong}}
        """);
    Knowledge all = with();
    assertThat(all.questions()).containsKey("cache-deleted");
    assertThat(all.questions()).doesNotContainKey("stale-cache-confirmed");
  }

  private Knowledge with() throws IOException {
    return KnowledgeReader.with(KnowledgeReader.compiled(), folder);
  }
}
