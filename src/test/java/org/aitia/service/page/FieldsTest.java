package org.aitia.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.aitia.service.Problem;
import org.junit.jupiter.api.Test;

final class FieldsTest {
  @Test
  void fieldsAreReadAsBrowsersSendThem() {
    Fields form = Fields.parse("a=1+2%26&b=&kept=x&kept=%E5%A5%BD&odd");
    assertThat(form.get("a")).isEqualTo("1 2&");
    assertThat(form.get("b")).isEmpty();
    assertThat(form.get("none")).isEmpty();
    assertThat(form.all("kept")).isEqualTo(List.of("x", "好"));
    assertThatThrownBy(() -> Fields.parse("a=%ZZ")).isInstanceOf(Problem.class);
  }

  @Test
  void nobodyIsLedToAnotherSite() {
    for (String path : List.of("/", "/diagnoses/01a2?x=1", "/knowledge?q=dead%20relu")) {
      assertThat(Fields.parse("to=" + path.replace("%", "%25")).path("to")).isEqualTo(path);
    }
    for (String odd : List.of("//evil.example", "/\\evil", "https://evil", "javascript:x", "")) {
      assertThat(Fields.parse("to=" + odd).path("to")).as(odd).isEqualTo("/");
    }
  }

  /** By the form of symptom-report/1. */
  @Test
  void whatIsFilledInIsASymptomReport() {
    Map<String, Object> report =
        ReportPages.report(
            Fields.parse(
                "task=classification&classes=10&metric=accuracy&target=0%2C9&validation-metric=0.6"
                    + "&symptom=loss-not-finite&since=120&optimizer=SGD&learning-rate=0.1&notes="));
    assertThat(report)
        .containsEntry("schema", "symptom-report/1")
        .containsEntry("classes", 10.0)
        .containsEntry("target", Map.of("metric", "accuracy", "value", 0.9))
        .containsEntry("results", Map.of("validation", Map.of("accuracy", 0.6)))
        .containsEntry("symptoms", List.of(Map.of("id", "loss-not-finite", "since", 120.0)))
        .containsEntry("config", Map.of("optimizer", Map.of("name", "SGD", "learning_rate", 0.1)))
        .doesNotContainKey("notes");
  }
}
