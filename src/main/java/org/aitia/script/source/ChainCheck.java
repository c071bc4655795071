package org.aitia.script.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.ModuleKind;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Linear layers that feed each other without an activation: all of them are one. */
final class ChainCheck implements SourceCheck {
  private static final Set<String> CONTAINERS = Set.of("Sequential", "SequentialCell");
  private static final Set<String> INPUTS = Set.of("Input", "InputLayer");

  /** Methods and functions that change no value, or only at random. */
  private static final Set<String> SHAPING =
      Set.of("dropout", "flatten", "view", "reshape", "squeeze", "unsqueeze", "contiguous");

  private static final Set<String> FORWARD = Set.of("forward", "call", "construct");

  /** Linear layers from which on nothing but a mistake explains that no activation lies between. */
  private static final int FROM = 3;

  /** Linear layers in a row up to here, and the second of them. */
  private record Chain(int length, Expression second) {
    static final Chain NONE = new Chain(0, null);

    Chain and(Expression layer) {
      return new Chain(length + 1, length == 1 ? layer : second);
    }
  }

  @Override
  public void look(Outline outline, Sources sources) {
    Lexicon words = sources.words();
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call
          && CONTAINERS.contains(Forms.name(call))
          && ofLayers(layers(call), words).length() >= FROM) {
        sources.find("script-no-activation", outline, use);
      }
    }
    added(outline, words).forEach(second -> sources.find("script-no-activation", outline, second));
    for (Outline.Place place : outline.places()) {
      if (place.statement() instanceof Statement.Define define
          && FORWARD.contains(define.name())
          && place.type() != null) {
        Expression second = forward(define, members(place.type(), outline, words));
        if (second != null) {
          sources.find("script-no-activation", outline, new Outline.Use(second, place));
        }
      }
    }
  }

  private static List<Expression> layers(Expression.Call sequence) {
    List<Expression> layers = new ArrayList<>();
    for (Expression.Argument argument : sequence.arguments()) {
      if (argument.value() instanceof Expression.Items items) {
        layers.addAll(items.items());
      } else {
        layers.add(argument.value());
      }
    }
    return layers;
  }

  /** The longest chain among layers in a row. */
  private static Chain ofLayers(List<Expression> layers, Lexicon words) {
    Chain chain = Chain.NONE;
    for (Expression layer : layers) {
      if (!(layer instanceof Expression.Call call) || !isIdle(Forms.name(call), words)) {
        chain = isLinear(layer, words) ? chain.and(layer) : Chain.NONE;
        if (chain.length() >= FROM) {
          return chain;
        }
        chain = isActivated(layer) ? Chain.NONE : chain;
      }
    }
    return chain;
  }

  private static boolean isLinear(Expression layer, Lexicon words) {
    return layer instanceof Expression.Call call
        && words.written(ModuleKind.class, Forms.name(call)).orElse(null) == ModuleKind.LINEAR;
  }

  private static boolean isIdle(String layer, Lexicon words) {
    ModuleKind kind = words.written(ModuleKind.class, layer).orElse(null);
    return INPUTS.contains(layer)
        || kind == ModuleKind.DROPOUT
        || kind == ModuleKind.BATCH_NORMALISATION
        || kind == ModuleKind.NORMALISATION
        || kind == ModuleKind.RESHAPE;
  }

  /** Whether a layer brings its activation along: by name, in Keras also in second place. */
  private static boolean isActivated(Expression layer) {
    return layer instanceof Expression.Call call
        && (Forms.keyword(call, "activation")
                .filter(a -> !(a instanceof Expression.Constant c && c.value() == null))
                .isPresent()
            || Forms.positional(call, 1)
                .filter(a -> a instanceof Expression.Constant c && c.value() instanceof String)
                .isPresent());
  }

  /** Layers that are added to a model one by one. */
  private static List<Outline.Use> added(Outline outline, Lexicon words) {
    Map<String, List<Expression>> open = new HashMap<>();
    Set<String> told = new HashSet<>();
    List<Outline.Use> found = new ArrayList<>();
    for (Outline.Place place : outline.places()) {
      if (place.statement() instanceof Statement.Assign assign) {
        assign.targets().forEach(t -> open.remove(owner(place, Forms.name(t))));
      } else if (place.statement() instanceof Statement.Evaluate evaluate
          && evaluate.value() instanceof Expression.Call add
          && Forms.name(add).equals("add")
          && add.arguments().size() == 1) {
        String model = owner(place, Forms.owner(add.callee()));
        List<Expression> layers = open.computeIfAbsent(model, m -> new ArrayList<>());
        layers.add(place.sure() ? add.arguments().get(0).value() : add);
        Chain chain = ofLayers(layers, words);
        if (chain.length() >= FROM && told.add(model)) {
          found.add(new Outline.Use(chain.second(), place));
        }
      }
    }
    return found;
  }

  private static String owner(Outline.Place place, String name) {
    return place.function() == null
        ? name
        : place.function().name() + ' ' + place.function().line() + ' ' + name;
  }

  /** What a class sets on itself: whether it is linear, or idle; what is set twice is unknown. */
  private static Map<String, Boolean> members(
      Statement.DefineClass type, Outline outline, Lexicon words) {
    Map<String, Boolean> members = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Outline.Place place : outline.places()) {
      if (place.type() == type && place.statement() instanceof Statement.Assign assign) {
        for (Expression target : assign.targets()) {
          String name = Forms.owner(target).equals("self") ? Forms.name(target) : "";
          boolean once = seen.add(name) && place.sure();
          members.remove(name);
          if (once && isLinear(assign.value(), words) && !isActivated(assign.value())) {
            members.put(name, true);
          } else if (once
              && assign.value() instanceof Expression.Call call
              && isIdle(Forms.name(call), words)) {
            members.put(name, false);
          }
        }
      }
    }
    return members;
  }

  /** The second layer of a chain in a forward pass; null when there is none. */
  private static Expression forward(Statement.Define forward, Map<String, Boolean> members) {
    Map<String, Chain> chains = new HashMap<>();
    for (Statement statement : forward.body()) {
      Expression value =
          statement instanceof Statement.Assign assign && assign.operator() == null
              ? assign.value()
              : statement instanceof Statement.Return returned ? returned.value() : null;
      Chain chain = value == null ? Chain.NONE : follow(value, chains, members);
      if (chain.length() >= FROM) {
        return chain.second();
      }
      if (statement instanceof Statement.Assign assign && assign.targets().size() == 1) {
        chains.put(Forms.name(assign.targets().get(0)), chain);
      } else if (!(statement instanceof Statement.Evaluate)) {
        chains.clear();
      }
    }
    return null;
  }

  private static Chain follow(
      Expression value, Map<String, Chain> chains, Map<String, Boolean> members) {
    List<Expression.Call> outer = new ArrayList<>();
    Expression inner = value;
    while (inner instanceof Expression.Call call) {
      outer.add(call);
      boolean method = SHAPING.contains(Forms.name(call)) && !isFunction(call);
      inner =
          method
              ? ((Expression.Member) call.callee()).of()
              : Forms.positional(call, 0).orElse(null);
    }
    Chain chain =
        inner instanceof Expression.Name name
            ? chains.getOrDefault(name.id(), Chain.NONE)
            : Chain.NONE;
    for (int i = outer.size() - 1; i >= 0 && chain.length() < FROM; i--) {
      Expression.Call call = outer.get(i);
      Boolean linear =
          Forms.owner(call.callee()).equals("self") ? members.get(Forms.name(call)) : null;
      if (linear != null) {
        chain = linear ? chain.and(call) : chain;
      } else if (!SHAPING.contains(Forms.name(call))) {
        chain = Chain.NONE;
      }
    }
    return chain;
  }

  private static boolean isFunction(Expression.Call call) {
    return !(call.callee() instanceof Expression.Member)
        || Set.of("torch", "F", "functional", "ops").contains(Forms.owner(call.callee()));
  }
}
