package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** A framework for which the knowledge base holds code. */
public enum Framework {
  PYTORCH("PyTorch"),
  KERAS("Keras"),
  MINDSPORE("MindSpore");

  private final String title;

  Framework(String title) {
    this.title = title;
  }

  /** The name as its makers write it. */
  public String title() {
    return title;
  }

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The framework of an id.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Framework of(String id) {
    return Arrays.stream(values())
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no framework '" + id + "': there are pytorch, keras and mindspore"));
  }
}
