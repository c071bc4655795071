package org.aitia.script.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aitia.run.word.ClassKind;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** What is trained on and what is evaluated on: order, processing, and which is which. */
public final class DataCheck implements ScriptCheck {
  /** Sets whose rows are mixed as they are published. */
  private static final Set<String> MIXED =
      Set.of("MNIST", "FashionMNIST", "KMNIST", "QMNIST", "CIFAR10", "CIFAR100", "SVHN", "STL10");

  @Override
  public void look(Trace trace, Loops loops) {
    Set<Value> training = new LinkedHashSet<>();
    Set<Value> held = new LinkedHashSet<>();
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      add(training, backward.subject().flow.batchOf());
    }
    for (Event event : trace.events()) {
      if (event.kind() == Event.Kind.FIT) {
        add(
            training,
            event
                .arguments()
                .at(event.subject().is(Value.Kind.OBJECT) || lightning(event) ? 1 : 0));
        add(training, event.arguments().at(1));
        add(held, event.arguments().get("validation_data"));
      }
      if (event.kind() == Event.Kind.EVALUATE) {
        add(held, event.arguments().get("dataloaders", 0));
      }
      if (event.kind() == Event.Kind.FORWARD && !loops.trains(event)) {
        event.arguments().all().forEach(a -> add(held, a.flow.batchOf()));
      }
    }
    training.forEach(t -> shuffle(t, trace, loops));
    Transforms.compare(training, held, trace, loops);
    same(training, held, trace, loops);
    HeldSets.look(training, held, trace);
    trace.events(Event.Kind.FIT).forEach(f -> arrays(f, trace, loops));
  }

  private static boolean lightning(Event fit) {
    return fit.arguments().at(0) != null && fit.arguments().at(0).is(Value.Kind.OBJECT);
  }

  private static void add(Set<Value> to, Value value) {
    if (value != null && value.is(Value.Kind.INSTANCE)) {
      to.add(value);
    }
  }

  private static boolean off(Value shuffle) {
    return shuffle != null && Boolean.FALSE.equals(shuffle.truth());
  }

  private static void shuffle(Value loader, Trace trace, Loops loops) {
    if (loader.site == null
        || loader.made.open()
        || loader.flow.has("shuffled")
        || loader.is(ClassKind.RECORDS)) {
      return;
    }
    Value shuffle = loader.made.get("shuffle");
    if (loader.leaf().equals("DataLoader")) {
      loops.work(trace.events(Event.Kind.LOSS).size());
      if (!labelled(loader, trace)) {
        return;
      }
      shuffle = loader.made.get("shuffle", 2);
      boolean sampled =
          loader.made.get("sampler", 3) != null || loader.made.get("batch_sampler", 4) != null;
      Value set = loader.made.get("dataset", 0);
      boolean ordered = set != null && set.is(ClassKind.IMAGES);
      boolean own =
          set != null
              && (set.is(Value.Kind.OBJECT) || set.is(Value.Kind.INSTANCE))
              && !set.flow.has("shuffled")
              && !set.flow.has("loaded");
      if (set != null && shuffle == null && MIXED.contains(set.leaf())) {
        return;
      }
      boolean sorted = set != null && set.leaf().equals("ImageFolder");
      if (!sampled && (ordered && (shuffle == null || off(shuffle)) || own && off(shuffle))) {
        note(loader, sorted, trace);
      }
      return;
    }
    boolean folder =
        loader.leaf().endsWith("_from_directory") && !loader.leaf().startsWith("timeseries");
    if (off(shuffle) && (folder || loader.flow.has("dataset"))) {
      note(loader, folder || loader.leaf().equals("ImageFolderDataset"), trace);
    }
  }

  /** Folders of classes come in label order; that others do has to be assumed. */
  private static void note(Value loader, boolean sorted, Trace trace) {
    if (sorted) {
      trace.find("script-not-shuffled", loader.site);
    } else {
      trace.suspect("script-not-shuffled", loader.site);
    }
  }

  /** Whether a loss compares with labels of the batches: only these can come in label order. */
  private static boolean labelled(Value loader, Trace trace) {
    return trace.events(Event.Kind.LOSS).stream()
        .map(e -> e.arguments().at(1).flow)
        .anyMatch(f -> f.batchOf() == loader && f.position() == 1);
  }

  /** The training batches are evaluated, while a loader of other data is never used. */
  private static void same(Set<Value> training, Set<Value> held, Trace trace, Loops loops) {
    if (held.isEmpty() || !training.containsAll(held)) {
      return;
    }
    Set<Value> used = used(trace);
    boolean unused =
        trace.made().stream()
            .filter(v -> v.is(Value.Kind.INSTANCE) && !v.escaped)
            .anyMatch(
                v ->
                    (v.leaf().equals("DataLoader") || v.is(ClassKind.PIPELINE, ClassKind.RECORDS))
                        && !used.contains(v));
    if (unused) {
      trace.events().stream()
          .filter(e -> evaluates(e, loops) && over(training, e))
          .findFirst()
          .ifPresent(e -> trace.find("script-evaluates-training-set", e.site()));
    }
  }

  private static boolean over(Set<Value> training, Event event) {
    return event.arguments().all().stream()
        .anyMatch(a -> training.contains(a) || training.contains(a.flow.batchOf()));
  }

  private static boolean evaluates(Event event, Loops loops) {
    return event.kind() == Event.Kind.EVALUATE
        || event.kind() == Event.Kind.FORWARD && !loops.trains(event) && event.site().inLoop();
  }

  /** What is gone through, or handed to a loop of a framework or to anything that is made. */
  private static Set<Value> used(Trace trace) {
    Set<Value> used = new LinkedHashSet<>();
    for (Event event : trace.events()) {
      switch (event.kind()) {
        case ITERATE -> used.add(event.subject());
        case FIT, EVALUATE -> used.addAll(event.arguments().all());
        default -> {}
      }
    }
    trace.made().stream()
        .filter(v -> !v.leaf().equals("DataLoader"))
        .forEach(v -> used.addAll(v.made.all()));
    return used;
  }

  private static void arrays(Event fit, Trace trace, Loops loops) {
    Value x = fit.arguments().get("x", 0);
    Value validation = fit.arguments().get("validation_data");
    if (x == null || lightning(fit)) {
      return;
    }
    Value held =
        validation != null && validation.is(Value.Kind.ITEMS) && !validation.items.isEmpty()
            ? validation.items.get(0)
            : validation;
    boolean whole =
        held != null
            && held == x
            && (x.is(Value.Kind.INSTANCE) || x.flow.has("array") || x.is(Value.Kind.TENSOR));
    if (whole) {
      trace.find("script-evaluates-training-set", fit.site());
    }
    if (x.flow.has("held-out") && !x.flow.has("train") && x.flow.has("loaded")
        || learnsTest(fit, x)) {
      trace.find("script-fits-test-set", fit.site());
    }
    scaled(x, held, fit.site(), trace);
    loops.work(trace.events(Event.Kind.EVALUATE).size());
    trace.events(Event.Kind.EVALUATE).stream()
        .filter(e -> e.subject() == fit.subject())
        .forEach(e -> scaled(x, e.arguments().get("x", 0), e.site(), trace));
  }

  private static boolean learnsTest(Event fit, Value x) {
    return x.name != null
        && x.is(Value.Kind.UNKNOWN)
        && x.name.toLowerCase(Locale.ROOT).startsWith("x_test")
        && fit.arguments().at(1) != null;
  }

  private static void scaled(Value x, Value held, Site site, Trace trace) {
    if (held == null || held == x) {
      return;
    }
    List<Flow> both = List.of(x.flow, held.flow);
    boolean arrays = both.stream().allMatch(f -> f.has("array"));
    if (arrays && x.flow.has("scaled") != held.flow.has("scaled")) {
      trace.find("script-scaled-in-one-split", site);
    }
  }
}
