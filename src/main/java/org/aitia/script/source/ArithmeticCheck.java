package org.aitia.script.source;

import java.util.Set;
import org.aitia.script.syntax.Expression;

/**
 * Roots, logarithms and quotients whose operand may be zero, with nothing that keeps it away. They
 * harm only where a gradient goes through them, so arithmetic of NumPy and of plain numbers is left
 * alone.
 */
final class ArithmeticCheck implements SourceCheck {
  private static final Set<String> PLAIN = Set.of("math", "np", "numpy");
  private static final Set<String> LOWER = Set.of("clamp", "clamp_min", "clip", "clip_by_value");
  private static final Set<String> GUARDS =
      Set.of("clamp", "clamp_min", "clip", "clip_by_value", "maximum", "max", "where");
  private static final Set<String> MASKS =
      Set.of("mask", "weight", "weights", "valid", "pos", "positive", "num_pos", "matched", "keep");

  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      boolean found =
          use.expression() instanceof Expression.Call call
              ? root(call) || logarithm(call, use.place())
              : use.expression() instanceof Expression.Binary binary
                  && quotient(binary, use.place());
      if (found) {
        sources.find("script-unguarded-arithmetic", outline, use);
      }
    }
  }

  private static boolean plain(Expression.Call call) {
    return PLAIN.contains(Forms.owner(call.callee()));
  }

  /** What a function or a method is applied to; null when that is not plain to see. */
  private static Expression operand(Expression.Call call) {
    return Forms.positional(call, 0)
        .orElse(call.callee() instanceof Expression.Member member ? member.of() : null);
  }

  /** A root of what is cut off at exactly zero, or of one minus a square. */
  private static boolean root(Expression.Call call) {
    Expression operand = Forms.name(call).equals("sqrt") && !plain(call) ? operand(call) : null;
    if (operand == null) {
      return false;
    }
    return operand instanceof Expression.Call cut && LOWER.contains(Forms.name(cut))
        ? bound(cut) == 0
        : operand instanceof Expression.Binary minus
            && minus.operator().equals("-")
            && Forms.number(minus.left()) == 1
            && square(minus.right());
  }

  private static boolean square(Expression expression) {
    return expression instanceof Expression.Binary power
            && power.operator().equals("**")
            && Forms.number(power.right()) == 2
        || Forms.calls(expression, "pow")
        || Forms.calls(expression, "square");
  }

  /** The lower end of a clamp. */
  private static double bound(Expression.Call clamp) {
    boolean method = !Set.of("torch", "ops", "tf", "F").contains(Forms.owner(clamp.callee()));
    for (String name : new String[] {"min", "min_value", "clip_value_min"}) {
      if (Forms.keyword(clamp, name).isPresent()) {
        return Forms.number(Forms.keyword(clamp, name).get());
      }
    }
    return Forms.positional(clamp, method ? 0 : 1).map(Forms::number).orElse(Double.NaN);
  }

  /** The logarithm of a probability, in a function that computes a loss. */
  private static boolean logarithm(Expression.Call call, Outline.Place place) {
    Expression operand = Forms.name(call).equals("log") && !plain(call) ? operand(call) : null;
    boolean tensors =
        call.arguments().isEmpty()
            || Set.of("torch", "ops", "tf", "math", "K", "mint")
                .contains(Forms.owner(call.callee()));
    return operand != null
        && tensors
        && loss(place)
        && !guarded(operand)
        && Forms.any(
            operand,
            e ->
                Forms.name(e).toLowerCase(java.util.Locale.ROOT).contains("prob")
                    || Forms.calls(e, "sigmoid")
                    || Forms.calls(e, "softmax"));
  }

  /** A mean over what a mask leaves, which may be nothing. */
  private static boolean quotient(Expression.Binary binary, Outline.Place place) {
    return binary.operator().equals("/")
        && binary.right() instanceof Expression.Call sum
        && Set.of("sum", "count_nonzero").contains(Forms.name(sum))
        && !plain(sum)
        && operand(sum) != null
        && MASKS.stream().anyMatch(m -> Forms.any(operand(sum), e -> named(e, m)))
        && loss(place);
  }

  private static boolean named(Expression expression, String part) {
    String name = Forms.name(expression).toLowerCase(java.util.Locale.ROOT);
    return name.equals(part) || name.endsWith("_" + part) || name.startsWith(part + "_");
  }

  private static boolean guarded(Expression operand) {
    return Forms.any(
        operand,
        e ->
            e instanceof Expression.Binary b && b.operator().equals("+")
                || e instanceof Expression.Call c && GUARDS.contains(Forms.name(c)));
  }

  /** Whether a loss is computed there, by the name of the function or the class around it. */
  private static boolean loss(Outline.Place place) {
    String function = place.function() == null ? "" : place.function().name();
    String type = place.type() == null ? "" : place.type().name();
    return (function + " " + type).toLowerCase(java.util.Locale.ROOT).contains("loss");
  }
}
