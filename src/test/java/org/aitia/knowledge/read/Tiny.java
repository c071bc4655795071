package org.aitia.knowledge.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aitia.knowledge.Knowledge;

/** A whole knowledge base of a few lines, with which nothing is wrong. */
final class Tiny {
  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put(
        "steps.yaml",
        """
        - id: 1.code
          name: {en: "Code", zh: "代码"}
          purpose: {en: "Read it.", zh: "阅读。"}
        - id: 3.data
          name: {en: "Data", zh: "数据"}
          purpose: {en: "Look at them.", zh: "查看。"}
          parent: 1.code
          waits-for: [1.code]
        """);
    FILES.put(
        "terms.yaml",
        """
        family-data: {en: "data", zh: "数据"}
        evidence-config: {en: "the settings", zh: "设置"}
        evidence-table: {en: "the rows", zh: "行"}
        setting-batch-size: {en: "batch size", zh: "批次大小"}
        trait-network: {en: "network", zh: "网络"}
        """);
    FILES.put(
        "weights.yaml",
        """
        supports: {decisive: 6, strong: 4, moderate: 2, weak: 1}
        opposes: {decisive: 6, strong: 4, moderate: 2, weak: 1}
        priors: {rare: 0.01}
        limits: {}
        """);
    FILES.put(
        "limits.yaml",
        """
        few-rows: {value: 3, unit: count, measures: [rows], origin: "sampling", reason: "too few"}
        """);
    FILES.put(
        "provisions.yaml",
        """
        files:
          cost: seconds
          gives: [config, table]
          text: {en: "the files", zh: "文件"}
          how: {en: "Hand them over.", zh: "提供文件。"}
        """);
    FILES.put(
        "causes/data/stale-cache.md",
        """
        ---
        family: data
        step: 3.data
        prior: rare
        leads-to: [wrong-labels]
        mistaken-for: [wrong-labels]
        confirm: minutes
        repair: retrain
        ---
        # Stale cache

        Samples are old.

        ## How to confirm
        Delete it.

        ## How to repair
        Delete it and train.
        """);
    FILES.put(
        "causes/data/stale-cache.zh.md",
        """
        # 缓存过期

        样本陈旧。

        ## 如何确认
        删除缓存。

        ## 如何修复
        删除后重训。
        """);
    FILES.put(
        "causes/data/wrong-labels.md",
        """
        ---
        family: data
        step: 3.data
        prior: rare
        confirm: minutes
        repair: retrain
        ---
        # Wrong labels

        Labels are wrong.

        ## How to confirm
        Look.

        ## How to repair
        Correct them.
        """);
    FILES.put(
        "causes/data/wrong-labels.zh.md",
        """
        # 标签错误

        标签有误。

        ## 如何确认
        查看。

        ## 如何修复
        改正。
        """);
    FILES.put(
        "symptoms/rows.yaml",
        """
        rows-few:
          severity: low
          text: {en: "few rows", zh: "行数少"}
          telling: {told-by: [rows-none], step: 3.data}
          when: {measure: rows, above: 3, origin: "sampling", reason: "chance"}
        rows-none:
          severity: high
          text: {en: "no rows", zh: "没有行"}
        driver-old:
          severity: low
          text: {en: "an old driver", zh: "驱动陈旧"}
          found:
            said: "driver .* is old"
            example: "driver 3 is old"
            unlike: "driver 3 is new"
            origin: "the maker"
            reason: "it rounds"
            repairs: [{en: "Renew it.", zh: "更新。"}]
            for: {stale-cache: weak}
            against: {wrong-labels: weak}
        rate-unlike-reference:
          severity: low
          text: {en: "another rate", zh: "学习率不同"}
          when: {measure: rate-ratio, above: 1, origin: "definition", reason: "it differs"}
          difference:
            of: learning-rate
            effect: {en: "It is slower.", zh: "更慢。"}
            seen-as: [rows-few]
            for: {stale-cache: weak}
            against: {wrong-labels: weak}
            answers: {cached: "yes"}
        """);
    FILES.put(
        "checks.yaml",
        """
        cache-fresh:
          step: 3.data
          causes: [stale-cache]
          needs: [config]
          instead: [table]
          questions: [cached]
          settings: [batch-size]
          only: [network]
          text: {en: "The cache is new.", zh: "缓存是新的。"}
          how: {en: "Look.", zh: "查看。"}
        """);
    FILES.put(
        "questions.yaml",
        """
        cached:
          step: 3.data
          kind: yes-no
          cost: minutes
          text: {en: "Is there a cache?", zh: "有缓存吗？"}
          why: {en: "It may be old.", zh: "可能陈旧。"}
          how: {en: "Look.", zh: "查看。"}
          needs-not: [table]
          answers:
            "yes": {for: {stale-cache: strong}}
            "no": {against: {wrong-labels: weak}}
        row-count:
          step: 3.data
          kind: number
          cost: seconds
          range: [1, 100]
          text: {en: "How many?", zh: "多少？"}
          why: {en: "They may be few.", zh: "可能很少。"}
          how: {en: "Count.", zh: "数一数。"}
          known-by: {setting: batch-size}
          answers:
            below: {limit: 5, for: {wrong-labels: weak}}
            above: {limit: 50}
        data-place:
          step: 3.data
          kind: choice
          cost: seconds
          text: {en: "Where?", zh: "在哪里？"}
          why: {en: "Copies age.", zh: "副本会陈旧。"}
          how: {en: "Look.", zh: "查看。"}
          only-if: {cached: ["yes"]}
          known-by: {setting: place, values: {disk: [ssd]}}
          answers:
            disk: {text: {en: "disk", zh: "磁盘"}}
            net: {text: {en: "net", zh: "网络"}}
        trained-anew:
          step: 3.data
          kind: yes-no
          cost: experiment
          text: {en: "Is it better without?", zh: "去掉后更好吗？"}
          why: {en: "Then it was the cache.", zh: "那就是缓存。"}
          how: {en: "Try.", zh: "试一试。"}
          snippets: {pytorch: "a()", keras: "b()", mindspore: "c()"}
          answers:
            "yes": {means: {en: "The cache.", zh: "缓存。"}}
            "no": {means: {en: "Not the cache.", zh: "不是缓存。"}}
        """);
  }

  private final Path folder;

  Tiny(Path folder) throws IOException {
    this.folder = folder;
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** Has something else written in a file, at the first place. */
  void change(String file, String was, String is) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    if (!text.contains(was)) {
      throw new IllegalArgumentException(file + " does not hold " + was);
    }
    int at = text.indexOf(was);
    Files.writeString(path, text.substring(0, at) + is + text.substring(at + was.length()));
  }

  Knowledge read() throws IOException {
    return KnowledgeReader.read(folder, "1");
  }
}
