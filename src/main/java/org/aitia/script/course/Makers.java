package org.aitia.script.course;

import org.aitia.run.word.ClassKind;
import org.aitia.run.word.ModuleKind;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Value;

/** What is known of an instance from how it was made. */
final class Makers {
  private final Interpreter interpreter;

  Makers(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  void made(Value value) {
    if (Names.optimizer(value)) {
      Value parameters = value.made.get("params", 0);
      value.roots = interpreter.evaluator.library.roots(parameters);
    }
    if (value.is(ClassKind.PIPELINE, ClassKind.RECORDS) && value.name.startsWith("mindspore")
        || value.leaf().equals("TFRecordDataset")
        || value.leaf().endsWith("_from_directory")) {
      value.flow = value.flow.tag("dataset");
      for (Value argument : value.made.all()) {
        value.flow =
            value.flow.with(
                Blend.of(new Arguments(argument.items, java.util.Map.of(), false)).flow);
      }
    }
    if (value.leaf().equals("TensorDataset")) {
      value.flow = Blend.of(value.made).flow;
    }
    value.pretrained = pretrained(value);
    Value trainable = value.made.get("trainable");
    value.frozen = trainable != null && Boolean.FALSE.equals(trainable.truth());
    containers(value);
    if (value.is(ModuleKind.DROPOUT)) {
      interpreter.trace.find("script-dropout-rate", value.site, Names.rate(value));
    }
  }

  /** {@code ModuleList(x)} and {@code Sequential(*x)} register what a plain list does not. */
  private static void containers(Value value) {
    if (Modules.container(value)) {
      value.made.all().forEach(a -> a.items.forEach(i -> i.soft = true));
      value.made.all().forEach(a -> a.soft = true);
    }
  }

  private static boolean pretrained(Value value) {
    if (value.leaf().equals("from_pretrained")) {
      return true;
    }
    for (String name : new String[] {"weights", "pretrained"}) {
      Value given = value.made.get(name);
      if (given != null) {
        boolean nothing =
            given.is(Value.Kind.CONSTANT)
                && (given.constant == null || Boolean.FALSE.equals(given.constant));
        return !nothing;
      }
    }
    // Keras' applications come with weights unless told otherwise; others when the first word says
    // so
    Value first = value.made.at(0);
    return value.name.contains("applications.")
        || first != null && Boolean.TRUE.equals(first.constant) && LayerNames.net(value);
  }
}
