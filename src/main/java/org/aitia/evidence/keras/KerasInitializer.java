package org.aitia.evidence.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;

/** How a Keras layer draws its kernel. */
final class KerasInitializer {
  private static final double UNKNOWN = Double.NaN;

  /** A normal distribution cut at two deviations has this deviation. */
  private static final double TRUNCATED = 0.8796256610342398;

  private KerasInitializer() {}

  /**
   * Standard deviation of the weights that it draws; 0 when they are one number, NaN when it cannot
   * be told.
   *
   * @param layer settings of the layer
   * @param shape of the kernel; empty when it is not known
   */
  static double spread(JsonNode layer, List<Integer> shape) {
    JsonNode drawn = layer.path("kernel_initializer");
    String module = drawn.path("module").asText("keras");
    if (!module.matches("(keras|tf_keras|tensorflow).*")) {
      return UNKNOWN;
    }
    String name = drawn.isTextual() ? drawn.asText() : drawn.path("class_name").asText();
    JsonNode config = drawn.isTextual() ? MissingNode.getInstance() : drawn.path("config");
    return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
      case "zeros", "zero", "ones", "one" -> 0;
      case "constant" -> config.path("value").isContainerNode() ? UNKNOWN : 0;
      case "randomnormal", "normal" -> config.path("stddev").asDouble(0.05);
      case "truncatednormal" -> config.path("stddev").asDouble(0.05) * TRUNCATED;
      case "randomuniform", "uniform" ->
          (config.path("maxval").asDouble(0.05) - config.path("minval").asDouble(-0.05))
              / Math.sqrt(12);
      case "glorotuniform", "glorotnormal" -> scaled(1, "fan_avg", shape);
      case "heuniform", "henormal" -> scaled(2, "fan_in", shape);
      case "lecununiform", "lecunnormal" -> scaled(1, "fan_in", shape);
      case "variancescaling" ->
          scaled(config.path("scale").asDouble(1), config.path("mode").asText("fan_in"), shape);
      case "orthogonal", "orthogonalinitializer" ->
          config.path("gain").asDouble(1) / Math.sqrt(Math.max(fan(shape, 1), units(shape)));
      default -> UNKNOWN;
    };
  }

  /** Whether it fills the kernel with zeros. */
  static boolean zeros(JsonNode layer) {
    JsonNode drawn = layer.path("kernel_initializer");
    String name = drawn.isTextual() ? drawn.asText() : drawn.path("class_name").asText();
    return name.toLowerCase(Locale.ROOT).startsWith("zero");
  }

  private static double scaled(double scale, String mode, List<Integer> shape) {
    double in = fan(shape, 1);
    double out = fan(shape, 2);
    double fan = mode.equals("fan_in") ? in : mode.equals("fan_out") ? out : (in + out) / 2;
    return Math.sqrt(scale / fan);
  }

  /** Product of all axes but the last, or but the last but one. */
  private static double fan(List<Integer> shape, int leftOut) {
    if (shape.size() < 2) {
      return UNKNOWN;
    }
    double all = shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    return all / shape.get(shape.size() - leftOut);
  }

  private static double units(List<Integer> shape) {
    return shape.isEmpty() ? UNKNOWN : shape.get(shape.size() - 1);
  }
}
