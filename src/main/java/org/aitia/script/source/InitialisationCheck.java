package org.aitia.script.source;

import java.util.List;
import java.util.Set;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.ModuleKind;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/**
 * All layers of a kind start at one number, which makes their units alike for ever. A single layer
 * may start at zero: the last of a residual block, an adapter's second matrix.
 */
final class InitialisationCheck implements SourceCheck {
  private static final Set<String> FUNCTIONS = Set.of("zeros_", "ones_", "constant_");
  private static final Set<String> METHODS = Set.of("zero_", "fill_");
  private static final Set<String> INITIALISERS =
      Set.of("zeros", "ones", "Zeros", "Ones", "Constant");

  /** Activations of gates, which are made to start open or shut. */
  private static final Set<String> GATES = Set.of("sigmoid", "softmax", "hard_sigmoid");

  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Place place : outline.places()) {
      if (place.statement() instanceof Statement.If branch) {
        String module = module(branch.test(), sources.words());
        for (Statement statement : module.isEmpty() ? List.<Statement>of() : branch.then()) {
          if (statement instanceof Statement.Evaluate evaluate
              && evaluate.value() instanceof Expression.Call call
              && isConstant(call, module)) {
            sources.find("script-zero-initialised", outline, new Outline.Use(call, place));
          }
        }
      }
    }
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call && hidden(call, sources.words())) {
        sources.find("script-zero-initialised", outline, use);
      }
    }
  }

  /** The variable that a test finds to be a layer with weights; empty when it tests otherwise. */
  private static String module(Expression test, Lexicon words) {
    if (!(test instanceof Expression.Call call)
        || !Forms.name(call).equals("isinstance")
        || call.arguments().size() != 2) {
      return "";
    }
    Expression kinds = call.arguments().get(1).value();
    List<Expression> all = kinds instanceof Expression.Items items ? items.items() : List.of(kinds);
    boolean layers = !all.isEmpty() && all.stream().allMatch(k -> isLayer(Forms.name(k), words));
    return layers ? Forms.name(call.arguments().get(0).value()) : "";
  }

  private static boolean isLayer(String name, Lexicon words) {
    ModuleKind kind = words.written(ModuleKind.class, name).orElse(null);
    return kind == ModuleKind.LINEAR || kind == ModuleKind.CONVOLUTION;
  }

  private static boolean isConstant(Expression.Call call, String module) {
    if (FUNCTIONS.contains(Forms.name(call))) {
      return Forms.positional(call, 0).filter(w -> isWeight(w, module)).isPresent();
    }
    return METHODS.contains(Forms.name(call))
        && call.callee() instanceof Expression.Member method
        && isWeight(method.of(), module);
  }

  private static boolean isWeight(Expression tensor, String module) {
    Expression plain =
        tensor instanceof Expression.Member data && data.name().equals("data") ? data.of() : tensor;
    return plain instanceof Expression.Member weight
        && weight.name().equals("weight")
        && Forms.name(weight.of()).equals(module);
  }

  /** A layer of Keras with an activation behind it, so that it is not the last. */
  private static boolean hidden(Expression.Call layer, Lexicon words) {
    boolean constant =
        Forms.keyword(layer, "kernel_initializer")
            .filter(
                i ->
                    INITIALISERS.stream().anyMatch(n -> Forms.is(i, n))
                        || i instanceof Expression.Call c && INITIALISERS.contains(Forms.name(c)))
            .isPresent();
    return constant
        && isLayer(Forms.name(layer), words)
        && Forms.keyword(layer, "activation")
            .filter(a -> a instanceof Expression.Constant c && c.value() != null)
            .filter(a -> GATES.stream().noneMatch(g -> Forms.is(a, g)))
            .isPresent();
  }
}
