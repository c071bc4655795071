package org.aitia.script.check;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** Whether split, shuffling and first weights come out the same when the script is run again. */
public final class SeedCheck implements ScriptCheck {
  @Override
  public void look(Trace trace, Loops loops) {
    Optional<Event> training =
        trace.events().stream()
            .filter(e -> e.kind() == Event.Kind.BACKWARD || e.kind() == Event.Kind.FIT)
            .findFirst();
    if (training.isEmpty()) {
      return;
    }
    Set<Seeds.Source> seeded = EnumSet.noneOf(Seeds.Source.class);
    trace.calls().forEach(c -> seeded.addAll(Seeds.seeded(c)));
    if (!seeded.isEmpty()) {
      drawn(trace).entrySet().stream()
          .filter(d -> !seeded.contains(d.getKey()))
          .forEach(d -> trace.find("script-seeded-in-part", d.getValue()));
      return;
    }
    boolean own =
        trace.calls().stream().anyMatch(c -> Seeds.own(c.arguments()))
            || trace.made().stream().anyMatch(v -> Seeds.own(v.made));
    if (!own) {
      trace.find("script-not-seeded", training.get().site());
    }
  }

  /** The first place where each source of random numbers is drawn from. */
  private static Map<Seeds.Source, Site> drawn(Trace trace) {
    Map<Seeds.Source, Site> drawn = new LinkedHashMap<>();
    for (Trace.Call call : trace.calls()) {
      Seeds.Source source = Seeds.drawn(call);
      if (source != null) {
        drawn.putIfAbsent(source, call.site());
      }
    }
    for (Value made : trace.made()) {
      Seeds.Source source = Seeds.drawn(made);
      if (source != null) {
        drawn.putIfAbsent(source, made.site);
      }
    }
    return drawn;
  }
}
