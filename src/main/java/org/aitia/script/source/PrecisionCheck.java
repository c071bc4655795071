package org.aitia.script.source;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

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
    if (!kept) {
      converted(outline, sources);
    }
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

  /** A model whose parameters an optimizer is given is converted itself. */
  private static void converted(Outline outline, Sources sources) {
    Set<String> trained =
        sources.outlines().stream()
            .flatMap(o -> o.calls("parameters").stream())
            .map(u -> Forms.owner(((Expression.Call) u.expression()).callee()))
            .collect(Collectors.toSet());
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call
          && trained.contains(model(call, use.place().statement()))) {
        Optional<Expression> to =
            Forms.name(call).equals("to")
                ? Forms.keyword(call, "dtype").or(() -> Forms.positional(call, 0))
                : Optional.empty();
        if (Forms.name(call).equals("half") || to.filter(t -> named(t, HALF)).isPresent()) {
          sources.find("script-half-weights", outline, use);
        } else if (Forms.name(call).equals("bfloat16")
            || to.filter(t -> named(t, BRAIN)).isPresent()) {
          sources.find("script-coarse-weights", outline, use);
        }
      }
    }
  }

  /** The variable that holds what a method converts; empty when that is not plain to see. */
  private static String model(Expression.Call call, Statement statement) {
    if (statement instanceof Statement.Assign assign && assign.targets().size() == 1) {
      Expression outer = assign.value();
      while (outer instanceof Expression.Call next) {
        if (next == call) {
          return Forms.name(assign.targets().get(0));
        }
        outer = next.callee() instanceof Expression.Member member ? member.of() : null;
      }
      return "";
    }
    return statement instanceof Statement.Evaluate whole && whole.value() == call
        ? Forms.owner(call.callee())
        : "";
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
    return use.place().statement() instanceof Statement.Assign assign
        && assign.targets().stream()
            .map(Forms::name)
            .anyMatch(n -> n.contains("ref") || n.contains("teacher") || n.contains("reward"));
  }

  private static boolean named(Expression type, Set<String> names) {
    return names.contains(Forms.name(type)) || names.stream().anyMatch(n -> Forms.is(type, n));
  }
}
