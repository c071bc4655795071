package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.aitia.run.Setting;
import org.aitia.run.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {
  @TempDir Path folder;

  @Test
  void everyNameOfTheListIsReadAsYamlReadsIt() throws IOException {
    JsonNode list = Mappings.parse(Files.readString(Path.of("src/main/resources/names.yaml")));
    int names = 0;
    for (Map.Entry<String, JsonNode> known : list.path("metrics").properties()) {
      for (JsonNode name : known.getValue()) {
        assertThat(Names.metric(name.asText())).isEqualTo(known.getKey());
        names++;
      }
    }
    for (Map.Entry<String, JsonNode> known : list.path("settings").properties()) {
      assertThat(Arrays.stream(Setting.values()).map(Setting::id)).contains(known.getKey());
      for (JsonNode name : known.getValue()) {
        assertThat(Names.setting(name.asText()).id()).isEqualTo(known.getKey());
        names++;
      }
    }
    assertThat(names).isGreaterThan(150);
    assertThat(Names.split("holdout")).contains(Split.VALIDATION);
    assertThat(Names.split("val")).contains(Split.VALIDATION);
  }

  @Test
  void aUsersFileAddsNames() throws IOException {
    Path file =
        Runs.write(
            folder, "names.yaml", "metrics:\n  accuracy: [my_hits]\nsplits:\n  test: [blind]\n");
    assertThat(Names.own(file.toString())).isNull();
    Tag tag = TagNames.of("blind/my_hits", null).orElseThrow();
    assertThat(tag.quantity()).isEqualTo("accuracy");
    assertThat(tag.split()).isEqualTo(Split.TEST);
  }

  @Test
  void whatIsWrongWithAUsersFileIsSaid() throws IOException {
    assertThat(Names.own(null)).isNull();
    assertThat(Names.own(folder.resolve("absent.yaml").toString())).contains("cannot be read");
    assertThat(Names.own(Runs.write(folder, "a.yaml", "metric:\n  a: [b]\n").toString()))
        .contains("'metric' is none of");
    assertThat(Names.own(Runs.write(folder, "b.yaml", "metrics: [1, {").toString()))
        .contains("line");
  }
}
