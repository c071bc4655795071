package org.aitia.script.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

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
  private static final Set<String> UNDEFINED = Set.of("log", "log2", "log10", "acos", "asin");
  private static final Set<String> TENSORS = Set.of("torch", "ops", "tf", "math", "K", "mint");

  /** What is never zero. */
  private static final Set<String> POSITIVE =
      Set.of("exp", "softplus", "logsumexp", "cosh", "size", "shape", "len", "numel");

  private static final Set<String> COUNTS = Set.of("sum", "count_nonzero");
  private static final Set<String> CUT = Set.of("relu", "clamp", "clamp_min", "abs");
  private static final Set<String> SPREADS = Set.of("std", "norm");

  /** Words of functions and classes that a gradient goes through. */
  private static final List<String> PARTS =
      List.of(
          "loss",
          "forward",
          "construct",
          "call",
          "criterion",
          "step",
          "dice",
          "iou",
          "kl",
          "train");

  private static final Set<String> MASKS =
      Set.of(
          "mask",
          "weight",
          "weights",
          "valid",
          "pos",
          "positive",
          "fg",
          "matched",
          "keep",
          "has",
          "labels");

  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      boolean found =
          use.expression() instanceof Expression.Call call
              ? root(call) || undefined(call, use, outline)
              : use.expression() instanceof Expression.Binary binary
                  && binary.operator().equals("/")
                  && learns(binary.left(), use.place())
                  && (quotient(binary.right(), use.place(), outline)
                      || shares(binary, use, outline));
      if (found && differentiated(use.place())) {
        sources.find("script-unguarded-arithmetic", outline, use);
      }
    }
  }

  private static boolean plain(Expression.Call call) {
    return !(call.callee() instanceof Expression.Member member)
        || member.of() instanceof Expression.Name name && PLAIN.contains(name.id());
  }

  /** What a function or a method is applied to; null when that is not plain to see. */
  private static Expression operand(Expression.Call call) {
    boolean function =
        !(call.callee() instanceof Expression.Member)
            || TENSORS.contains(Forms.owner(call.callee()));
    return function
        ? Forms.positional(call, 0).orElse(null)
        : ((Expression.Member) call.callee()).of();
  }

  /** A quotient that a gradient may go through: no count of what was right. */
  private static boolean learns(Expression numerator, Outline.Place place) {
    boolean loss =
        place.function() != null
            || place.statement() instanceof Statement.Assign assign
                && assign.targets().stream().anyMatch(t -> Forms.name(t).contains("loss"));
    return loss
        && !Forms.any(
            numerator,
            e ->
                Forms.calls(e, "argmax")
                    || e instanceof Expression.Binary b && b.operator().equals("=="));
  }

  /** What is cut off at zero is divided by its own sum, which then may be zero. */
  private static boolean shares(Expression.Binary quotient, Outline.Use use, Outline outline) {
    String whole = Forms.written(quotient.left());
    if (!(quotient.right() instanceof Expression.Call sum)
        || !Forms.name(sum).equals("sum")
        || plain(sum)
        || operand(sum) == null
        || whole.isEmpty()
        || !Forms.written(operand(sum)).equals(whole)) {
      return false;
    }
    return outline
        .last(whole, use)
        .filter(v -> v instanceof Expression.Call c && CUT.contains(Forms.name(c)))
        .isPresent();
  }

  /**
   * A root of what is cut off at exactly zero, of a sum of squares or a distance, or of one minus a
   * square.
   */
  private static boolean root(Expression.Call call) {
    Expression operand = Forms.name(call).equals("sqrt") && !plain(call) ? operand(call) : null;
    if (operand == null) {
      return false;
    }
    if (operand instanceof Expression.Call sum && Forms.name(sum).equals("sum")) {
      return operand(sum) != null && square(operand(sum));
    }
    if (Forms.calls(operand, "abs")) {
      return true;
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

  /** A logarithm or an inverse cosine, of what nothing keeps off the ends of its range. */
  private static boolean undefined(Expression.Call call, Outline.Use use, Outline outline) {
    boolean known =
        UNDEFINED.contains(Forms.name(call))
            && (call.arguments().isEmpty() || TENSORS.contains(Forms.owner(call.callee())));
    Expression operand = known && !plain(call) ? operand(call) : null;
    return operand != null
        && !(operand instanceof Expression.Constant)
        && !safe(operand)
        && !(operand instanceof Expression.Name name
            && outline.last(name.id(), use).filter(ArithmeticCheck::safe).isPresent());
  }

  private static boolean safe(Expression operand) {
    Expression whole = operand;
    while (whole instanceof Expression.Index index) {
      whole = index.of();
    }
    return guarded(whole) || Forms.any(whole, e -> POSITIVE.contains(Forms.name(e)));
  }

  /** A mean over what a mask leaves, which may be nothing, or a division by a spread or a norm. */
  private static boolean quotient(Expression by, Outline.Place place, Outline outline) {
    if (by instanceof Expression.Name name) {
      List<Expression> values =
          outline.places().stream()
              .filter(p -> p.function() == place.function())
              .map(Outline.Place::statement)
              .filter(Statement.Assign.class::isInstance)
              .map(Statement.Assign.class::cast)
              .filter(a -> a.targets().size() == 1)
              .filter(a -> Forms.name(a.targets().get(0)).equals(name.id()))
              .map(Statement.Assign::value)
              .toList();
      return values.size() == 1
          && !(values.get(0) instanceof Expression.Name)
          && quotient(values.get(0), place, outline);
    }
    if (!(by instanceof Expression.Call call) || plain(call) || operand(call) == null) {
      return false;
    }
    return COUNTS.contains(Forms.name(call))
        ? MASKS.stream().anyMatch(m -> Forms.any(operand(call), e -> named(e, m)))
        : place.function() != null
            && SPREADS.contains(Forms.name(call))
            && !Forms.any(operand(call), e -> Forms.name(e).startsWith("df"));
  }

  private static boolean named(Expression expression, String part) {
    String name = Forms.name(expression).toLowerCase(Locale.ROOT);
    return name.equals(part) || name.endsWith("_" + part) || name.startsWith(part + "_");
  }

  private static boolean guarded(Expression operand) {
    return Forms.any(
        operand,
        e ->
            e instanceof Expression.Binary b && b.operator().equals("+")
                || e instanceof Expression.Call c && GUARDS.contains(Forms.name(c)));
  }

  /** Whether a gradient may go through it, by the name of the function or the class around it. */
  private static boolean differentiated(Outline.Place place) {
    String function = place.function() == null ? "" : place.function().name();
    String type = place.type() == null ? "" : place.type().name();
    String both = (function + " " + type).toLowerCase(Locale.ROOT);
    return place.function() == null || PARTS.stream().anyMatch(both::contains);
  }
}
