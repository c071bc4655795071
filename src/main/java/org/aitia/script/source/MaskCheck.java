package org.aitia.script.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Masks of a segmentation that are read as 0 and 255 and compared with probabilities as such. */
final class MaskCheck implements SourceCheck {
  private static final Set<String> BINARY =
      Set.of(
          "BCELoss",
          "BCEWithLogitsLoss",
          "binary_cross_entropy",
          "binary_cross_entropy_with_logits",
          "binary_crossentropy",
          "BinaryCrossentropy");

  /** What takes a mask over with its values. */
  private static final Set<String> KEEPING =
      Set.of(
          "from_numpy",
          "tensor",
          "as_tensor",
          "array",
          "astype",
          "float",
          "expand_dims",
          "unsqueeze",
          "resize",
          "append",
          "imread",
          "transpose",
          "permute");

  @Override
  public void look(Outline outline, Sources sources) {
    if (!sources.writes(BINARY)) {
      return;
    }
    for (Outline.Use use : outline.calls("imread")) {
      boolean opened =
          Set.of("cv2", "io", "skio")
              .contains(Forms.owner(((Expression.Call) use.expression()).callee()));
      if (opened
          && use.place().function() != null
          && use.place().statement() instanceof Statement.Assign assign
          && assign.targets().size() == 1
          && mask(Forms.name(assign.targets().get(0)))
          && kept(Forms.name(assign.targets().get(0)), use.place().function(), outline)) {
        sources.find("script-targets-outside-loss", outline, use);
      }
    }
  }

  private static boolean mask(String name) {
    String words = name.toLowerCase(Locale.ROOT);
    return List.of("mask", "msk").stream().anyMatch(words::contains);
  }

  /** Whether nothing of the function changes its values. */
  private static boolean kept(String name, Statement.Define function, Outline outline) {
    for (Outline.Use use : outline.uses()) {
      Expression expression = use.expression();
      boolean changed =
          use.place().function() == function
              && (expression instanceof Expression.Binary b
                      && (Forms.uses(b, name) || set(use, name))
                  || expression instanceof Expression.Call c
                      && !KEEPING.contains(Forms.name(c))
                      && (Forms.uses(c, name) || set(use, name))
                  || expression instanceof Expression.Index i
                      && Forms.name(i.of()).equals(name)
                      && i.by().stream().anyMatch(Expression.Binary.class::isInstance));
      if (changed) {
        return false;
      }
    }
    return true;
  }

  /** Whether what is written there becomes the mask, but for where its file lies. */
  private static boolean set(Outline.Use use, String name) {
    return use.place().statement() instanceof Statement.Assign assign
        && assign.targets().stream().anyMatch(t -> Forms.name(t).equals(name))
        && !Forms.any(
            assign.value(),
            e ->
                e instanceof Expression.Call read
                    && Forms.name(read).equals("imread")
                    && read.arguments().stream()
                        .anyMatch(a -> Forms.any(a.value(), p -> p == use.expression())));
  }
}
