package org.aitia.script.source;

import java.util.Optional;
import org.aitia.script.syntax.Expression;

/** A trainer that is given the same data to train on and to evaluate on. */
final class HeldOutCheck implements SourceCheck {
  @Override
  public void look(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call) {
        Optional<Expression> train = Forms.keyword(call, "train_dataset");
        Optional<Expression> held = Forms.keyword(call, "eval_dataset");
        boolean same =
            train.isPresent()
                && held.isPresent()
                && !Forms.written(train.get()).isEmpty()
                && Forms.written(train.get()).equals(Forms.written(held.get()));
        if (same) {
          sources.find(
              "script-evaluates-training-set", outline, new Outline.Use(held.get(), use.place()));
        }
      }
    }
  }
}
