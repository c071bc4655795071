package org.aitia.service;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a platform calls a diagnosis by: names with a value each, such as {@code team=vision}. */
public final class Labels {
  /** Of one diagnosis. */
  private static final int MOST = 16;

  private static final int LONGEST = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");
  private static final String FIELD = "label";

  private Labels() {}

  /**
   * Labels as they are given, each {@code name=value}.
   *
   * @throws Problem when one is not like that, one name has two values, or there are too many
   */
  public static Map<String, String> of(Collection<String> given) {
    Map<String, String> found = new TreeMap<>();
    given.forEach(label -> add(found, label));
    return found;
  }

  private static void add(Map<String, String> to, String label) {
    int equals = label.indexOf('=');
    String name = equals < 0 ? "" : label.substring(0, equals).strip();
    String value = label.substring(equals + 1).strip();
    if (!NAME.matcher(name).matches() || !plain(value)) {
      throw wrong(
          "is name=value: a name of letters, digits and ._/- up to 63, a value of 1 to "
              + LONGEST
              + " printable characters");
    }
    String earlier = to.put(name, value);
    if (earlier != null && !earlier.equals(value)) {
      throw wrong(name + " has two values");
    }
    if (to.size() > MOST) {
      throw wrong("there may be " + MOST + " at most");
    }
  }

  private static boolean plain(String value) {
    return !value.isEmpty()
        && value.length() <= LONGEST
        && value.chars().noneMatch(Character::isISOControl);
  }

  private static Problem wrong(String detail) {
    return Problem.field(400, "bad-request", FIELD, detail);
  }

  /**
   * Labels as a call brings them.
   *
   * @param header {@code Aitia-Labels}: some, with commas between them; null without one
   * @param query {@code label}, once for each
   */
  public static Map<String, String> given(String header, Collection<String> query) {
    Map<String, String> found = of(query);
    if (header != null) {
      Arrays.stream(header.split(",")).filter(l -> !l.isBlank()).forEach(l -> add(found, l));
    }
    return found;
  }

  /** Both together. */
  public static Map<String, String> joined(Map<String, String> some, Map<String, String> others) {
    if (others.isEmpty()) {
      return some;
    }
    Map<String, String> all = of(lines(some).lines().toList());
    lines(others).lines().forEach(label -> add(all, label));
    return all;
  }

  /** A line each. */
  public static String lines(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * What to filter by: a label, or a name whose value does not matter.
   *
   * @param value null for any
   */
  public record Wanted(String name, String value) {
    /** As it is given, {@code name} or {@code name=value}. */
    public static Wanted of(String given) {
      int equals = given.indexOf('=');
      String name = (equals < 0 ? given : given.substring(0, equals)).strip();
      String value = equals < 0 ? null : given.substring(equals + 1).strip();
      if (!NAME.matcher(name).matches() || value != null && !plain(value)) {
        throw wrong("is name=value, or a name alone for any value");
      }
      return new Wanted(name, value);
    }

    @Override
    public String toString() {
      return value == null ? name : name + "=" + value;
    }
  }
}
