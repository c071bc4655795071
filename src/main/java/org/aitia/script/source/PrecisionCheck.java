package org.aitia.script.source;

import java.util.Optional;
import java.util.Set;
import org.aitia.script.syntax.Expression;

/** The number format that trained weights are kept in. */
final class PrecisionCheck implements SourceCheck {
  private static final Set<String> HALF = Set.of("float16", "half", "fp16");
  private static final Set<String> BRAIN = Set.of("bfloat16", "bf16");

  /** What keeps the trained weights in another format than those that are loaded. */
  private static final Set<String> OTHERWISE =
      Set.of(
          "get_peft_model",
          "peft",
          "PeftModel",
          "LoraConfig",
          "peft_config",
          "BitsAndBytesConfig",
          "load_in_8bit",
          "load_in_4bit",
          "quantization_config",
          "GradScaler",
          "deepspeed",
          "requires_grad_",
          "Prodigy",
          "stochastic_rounding");

  @Override
  public void look(Outline outline, Sources sources) {
    if (!sources.train()) {
      return;
    }
    boolean half = trainsInHalf(sources);
    boolean kept = sources.writes(OTHERWISE);
    for (Outline.Use use : outline.calls("from_pretrained")) {
      Expression.Call call = (Expression.Call) use.expression();
      Optional<Expression> type =
          Forms.keyword(call, "dtype").or(() -> Forms.keyword(call, "torch_dtype"));
      if (type.isEmpty() || !model(Forms.owner(call.callee())) || reference(use)) {
        continue;
      }
      if (half && named(type.get(), BRAIN)) {
        sources.find("script-formats-disagree", outline, use);
      } else if (!kept && named(type.get(), HALF)) {
        sources.find("script-half-weights", outline, use);
      } else if (!kept && named(type.get(), BRAIN)) {
        sources.find("script-coarse-weights", outline, use);
      }
    }
  }

  private static boolean trainsInHalf(Sources sources) {
    return sources.outlines().stream()
        .flatMap(o -> o.uses().stream())
        .filter(u -> u.expression() instanceof Expression.Call)
        .anyMatch(
            u ->
                Forms.keyword((Expression.Call) u.expression(), "fp16")
                    .filter(f -> Forms.is(f, true))
                    .isPresent());
  }

  private static boolean model(String type) {
    return type.contains("Model") || type.contains("For");
  }

  /** A model that is held against the trained one, and stays as it is. */
  private static boolean reference(Outline.Use use) {
    return use.place().statement() instanceof org.aitia.script.syntax.Statement.Assign assign
        && assign.targets().stream()
            .map(Forms::name)
            .anyMatch(n -> n.contains("ref") || n.contains("teacher") || n.contains("reward"));
  }

  private static boolean named(Expression type, Set<String> names) {
    return names.contains(Forms.name(type)) || names.stream().anyMatch(n -> Forms.is(type, n));
  }
}
