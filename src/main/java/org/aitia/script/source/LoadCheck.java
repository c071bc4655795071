package org.aitia.script.source;

import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Weights are loaded with missing ones allowed, and nobody looks at which are missing. */
final class LoadCheck implements SourceCheck {
  @Override
  public void look(Outline outline, Sources sources) {
    if (!sources.train()) {
      return;
    }
    for (Outline.Use use : outline.calls("load_state_dict")) {
      Expression.Call load = (Expression.Call) use.expression();
      boolean lenient =
          Forms.keyword(load, "strict")
              .or(() -> Forms.positional(load, 1))
              .filter(s -> Forms.is(s, false))
              .isPresent();
      boolean discarded =
          use.place().statement() instanceof Statement.Evaluate whole && whole.value() == load;
      if (lenient && discarded) {
        sources.find("script-load-unchecked", outline, use);
      }
    }
  }
}
