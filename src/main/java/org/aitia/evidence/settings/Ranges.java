package org.aitia.evidence.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.aitia.evidence.document.Json;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;

/**
 * What the numbers of records and reports can be. What lies outside was never measured: it is named
 * rather than taken.
 */
public enum Ranges {
  NUMBER("a number") {
    @Override
    boolean holds(double value) {
      return true;
    }
  },
  FINITE("a finite number") {
    @Override
    boolean holds(double value) {
      return Double.isFinite(value);
    }
  },
  /** Of deviations and norms, which are not finite where their tensor is not. */
  SIZE("a number from 0 on") {
    @Override
    boolean holds(double value) {
      return Double.isNaN(value) || value >= 0;
    }
  },
  AMOUNT("a finite number from 0 on") {
    @Override
    boolean holds(double value) {
      return value >= 0 && value <= Double.MAX_VALUE;
    }
  },
  COUNT("a count, a whole number from 0 to 1e15") {
    @Override
    boolean holds(double value) {
      return value >= 0 && value <= MOST && value == Math.rint(value);
    }
  },
  NUMBER_OF("a whole number from 1 to 1e9") {
    @Override
    boolean holds(double value) {
      return value >= 1 && value <= MOST_EPOCHS && value == Math.rint(value);
    }
  },
  EXTENT("a whole number from 0 to 2147483647") {
    @Override
    boolean holds(double value) {
      return value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value);
    }
  },
  STEP("a step, from 0 to 1e15") {
    @Override
    boolean holds(double value) {
      return value >= 0 && value <= MOST;
    }
  },
  EPOCH("an epoch, from 0 to 1e9") {
    @Override
    boolean holds(double value) {
      return value >= 0 && value <= MOST_EPOCHS;
    }
  },
  /** NaN is the share of nothing. */
  SHARE("a share, from 0 to 1") {
    @Override
    boolean holds(double value) {
      return Double.isNaN(value) || value >= -ROUNDING && value <= 1 + ROUNDING;
    }
  },
  /** Of accuracy and its like, as a share or in per cent. */
  SCORE("a share, from 0 to 1, or per cent up to 100") {
    @Override
    boolean holds(double value) {
      return Double.isNaN(value) || value >= -ROUNDING && value <= 100 + ROUNDING;
    }
  },
  /** Wide enough for the rates that make losses NaN. */
  RATE("a number, below 1e100 in size") {
    @Override
    boolean holds(double value) {
      return Math.abs(value) < 1e100;
    }
  };

  private static final double MOST = 1e15;
  private static final double MOST_EPOCHS = 1e9;

  /** Shares are sums of rounded numbers. */
  private static final double ROUNDING = 1e-6;

  private final String words;

  Ranges(String words) {
    this.words = words;
  }

  abstract boolean holds(double value);

  /** Notes a field that is there and is not of this range. Null is nothing. */
  public void check(JsonNode value, String path, FieldProblems found) {
    boolean number = Json.has(value);
    boolean wrong = number ? !holds(Json.number(value)) : found.strict() && !isNothing(value);
    if (wrong) {
      found.add(path + ": " + shown(value) + " is not " + words);
    }
  }

  /** Notes the fields of a mapping that are not of their range. */
  public static void check(
      JsonNode node, String path, Map<String, Ranges> fields, FieldProblems found) {
    fields.forEach((name, range) -> range.check(node.path(name), path + name, found));
  }

  /** Notes the items of a list that are not of this range, or that it is no list. */
  public void each(JsonNode list, String path, FieldProblems found) {
    if (isNothing(list)) {
      return;
    }
    if (!list.isArray()) {
      odd(path, list, "a list", found);
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).isNull() && found.strict()) {
        found.add(path + "[" + i + "]: is null, not " + words);
      } else {
        check(list.get(i), path + "[" + i + "]", found);
      }
    }
  }

  /** Notes the values of a mapping that are not of this range, or that it is no mapping. */
  public void values(JsonNode mapping, String path, FieldProblems found) {
    if (isNothing(mapping)) {
      return;
    }
    if (!mapping.isObject()) {
      odd(path, mapping, "a mapping", found);
      return;
    }
    mapping.properties().forEach(f -> check(f.getValue(), path + "." + f.getKey(), found));
  }

  /** What the values of a metric can be. */
  public static Ranges of(String quantity) {
    return switch (quantity) {
      case Quantity.ACCURACY, Quantity.F1 -> SCORE;
      default -> NUMBER;
    };
  }

  /** What the numbers of a setting can be; {@code -1} and {@code 0} often stand for "not set". */
  public static Ranges of(Setting setting) {
    return switch (setting) {
      case CLASSES, BATCH_SIZE, ACCUMULATION_STEPS -> NUMBER_OF;
      case EPOCHS -> EPOCH;
      case LABEL_SMOOTHING, DROPOUT -> SHARE;
      case LEARNING_RATE, MOMENTUM, WEIGHT_DECAY, EPSILON -> RATE;
      case TARGET_VALUE, LOSS_SCALE -> FINITE;
      default -> NUMBER;
    };
  }

  /** What is wrong with the value of a setting, in words; null when nothing is. */
  public static String problem(Setting setting, Object value) {
    Ranges range = of(setting);
    boolean right = !(value instanceof Number n) || range.holds(n.doubleValue());
    return right ? null : shown(String.valueOf(value)) + " is not " + range.words;
  }

  private static void odd(String path, JsonNode value, String wanted, FieldProblems found) {
    if (found.strict()) {
      found.add(path + ": " + shown(value) + " is not " + wanted);
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String shown(JsonNode value) {
    return value.isContainerNode()
        ? value.isArray() ? "a list" : "a mapping"
        : shown(value.asText());
  }

  private static String shown(String text) {
    return "\"" + (text.length() > 40 ? text.substring(0, 40) + " ..." : text) + "\"";
  }
}
