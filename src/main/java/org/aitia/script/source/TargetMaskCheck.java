package org.aitia.script.source;

import java.util.Optional;
import java.util.Set;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Which tokens of a language model's texts are targets. */
final class TargetMaskCheck implements SourceCheck {
  /** The number that losses skip by custom. */
  private static final double SKIPPED = -100;

  private static final Set<String> COPIES =
      Set.of("copy", "clone", "list", "deepcopy", "squeeze", "flatten", "detach");
  private static final Set<String> ENDS = Set.of("eos_token", "eos_token_id");

  @Override
  public void look(Outline outline, Sources sources) {
    end(outline, sources);
    if (!skips(sources)
        && !sources.writes(Set.of("DataCollatorForLanguageModeling", "ignore_index"))) {
      copies(outline, sources);
    }
  }

  /** Padding is the end token, the collator skips all padding, and an end is put behind texts. */
  private static void end(Outline outline, Sources sources) {
    boolean skipped =
        sources.outlines().stream()
            .flatMap(o -> o.calls("DataCollatorForLanguageModeling").stream())
            .map(u -> Forms.keyword((Expression.Call) u.expression(), "mlm"))
            .anyMatch(mlm -> mlm.isPresent() && Forms.is(mlm.get(), false));
    boolean put = sources.outlines().stream().anyMatch(TargetMaskCheck::putsEnd);
    if (skipped && put) {
      outline.uses().stream()
          .filter(u -> isPadding(u, ENDS))
          .findFirst()
          .ifPresent(u -> sources.find("script-end-never-target", outline, u));
    }
  }

  private static boolean isPadding(Outline.Use use, Set<String> values) {
    return use.place().statement() instanceof Statement.Assign assign
        && assign.targets().contains(use.expression())
        && Forms.name(use.expression()).startsWith("pad_token")
        && values.contains(Forms.name(assign.value()));
  }

  /** An end token is added to a text or to a list of tokens. */
  private static boolean putsEnd(Outline outline) {
    return outline.uses().stream()
        .map(Outline.Use::expression)
        .anyMatch(
            e ->
                e instanceof Expression.Binary sum
                    && sum.operator().equals("+")
                    && Forms.any(sum, p -> ENDS.contains(Forms.name(p))));
  }

  private static boolean skips(Sources sources) {
    return sources.outlines().stream()
        .flatMap(o -> o.uses().stream())
        .anyMatch(u -> Forms.number(u.expression()) == SKIPPED);
  }

  /** Labels that are the tokens themselves, where these are padded to one length. */
  private static void copies(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      if (label(use) && pads(outline, use.place())) {
        sources.find("script-pads-are-targets", outline, use);
      }
    }
  }

  private static boolean label(Outline.Use use) {
    if (use.expression() instanceof Expression.Mapping mapping) {
      for (int i = 0; i < mapping.keys().size(); i++) {
        Expression key = mapping.keys().get(i);
        if (key != null && Forms.is(key, "labels") && tokens(mapping.values().get(i))) {
          return true;
        }
      }
      return false;
    }
    if (use.expression() instanceof Expression.Call call) {
      return Forms.keyword(call, "labels").filter(TargetMaskCheck::tokens).isPresent()
          && Forms.keyword(call, "input_ids").isPresent();
    }
    return use.place().statement() instanceof Statement.Assign assign
        && assign.targets().contains(use.expression())
        && tokens(assign.value())
        && (Forms.name(use.expression()).equals("labels")
            || use.expression() instanceof Expression.Index index
                && index.by().size() == 1
                && Forms.is(index.by().get(0), "labels"));
  }

  private static boolean tokens(Expression value) {
    if (value instanceof Expression.Index index) {
      return index.by().size() == 1 && Forms.is(index.by().get(0), "input_ids");
    }
    if (value instanceof Expression.Call call && COPIES.contains(Forms.name(call))) {
      return Forms.positional(call, 0)
          .or(
              () ->
                  call.callee() instanceof Expression.Member member
                      ? Optional.of(member.of())
                      : Optional.empty())
          .filter(TargetMaskCheck::tokens)
          .isPresent();
    }
    return Forms.name(value).equals("input_ids");
  }

  /** Whether the function or the class around it pads each text by itself to the same length. */
  private static boolean pads(Outline outline, Outline.Place place) {
    return outline.uses().stream()
        .filter(
            u ->
                u.place().function() == place.function()
                    || place.type() != null && u.place().type() == place.type())
        .anyMatch(
            u ->
                u.expression() instanceof Expression.Call call
                    && Forms.keyword(call, "padding")
                        .filter(p -> Forms.is(p, "max_length"))
                        .isPresent());
  }
}
