package org.aitia.script.source;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.LossKind;
import org.aitia.script.syntax.Expression;

/** What samples: the order of batches, and the denoising of a diffusion model. */
final class SamplerCheck implements SourceCheck {
  /** What calls set_epoch by itself. */
  private static final Set<String> FRAMEWORKS =
      Set.of("set_epoch", "lightning", "pytorch_lightning", "accelerate", "Accelerator", "Trainer");

  @Override
  public void look(Outline outline, Sources sources) {
    if (!sources.writes(FRAMEWORKS) && sources.writes(Set.of("backward"))) {
      for (Outline.Use use : outline.calls("DistributedSampler")) {
        boolean fixed =
            Forms.keyword((Expression.Call) use.expression(), "shuffle")
                .filter(s -> Forms.is(s, false))
                .isPresent();
        if (!fixed && !target(use).contains("val") && !target(use).contains("test")) {
          sources.find("script-epoch-not-set", outline, use);
        }
      }
    }
    diffusion(outline, sources);
  }

  private static String target(Outline.Use use) {
    return use.place().statement() instanceof org.aitia.script.syntax.Statement.Assign assign
        ? Forms.name(assign.targets().get(0))
        : "";
  }

  /** The scheduler is told one kind of prediction, and the loss compares with another. */
  private static void diffusion(Outline outline, Sources sources) {
    boolean noise = false;
    for (Outline each : sources.outlines()) {
      noise |= learnsNoise(each, sources.words());
      boolean chosen =
          each.uses().stream()
              .anyMatch(
                  u ->
                      u.expression() instanceof Expression.Member m
                          && m.name().equals("prediction_type"));
      if (chosen) {
        return;
      }
    }
    boolean velocity = sources.writes(Set.of("get_velocity"));
    for (Outline.Use use : outline.uses()) {
      if (use.expression() instanceof Expression.Call call
          && (Forms.name(call).endsWith("Scheduler")
              || Forms.owner(call.callee()).endsWith("Scheduler"))) {
        String kind = kind(call);
        boolean other =
            noise && !velocity && List.of("v_prediction", "sample").contains(kind)
                || !noise && velocity && kind.equals("epsilon");
        if (other) {
          sources.find("script-target-unlike-sampler", outline, use);
        }
      }
    }
  }

  /** The kind of prediction that a scheduler is made for; empty when that is not known. */
  private static String kind(Expression.Call scheduler) {
    boolean open = scheduler.arguments().stream().anyMatch(a -> "**".equals(a.name()));
    boolean preset = Set.of("DDPMScheduler", "DDIMScheduler").contains(Forms.name(scheduler));
    return Forms.keyword(scheduler, "prediction_type")
        .map(k -> k instanceof Expression.Constant c ? String.valueOf(c.value()) : "")
        .orElse(preset && !open ? "epsilon" : "");
  }

  private static boolean isDistance(String loss, Lexicon words) {
    return words.written(LossKind.class, loss).filter(LossKind::isDistance).isPresent();
  }

  /** What was added to a clean sample is what a loss compares with. */
  private static boolean learnsNoise(Outline outline, Lexicon words) {
    Set<String> added = new HashSet<>();
    for (Outline.Use use : outline.calls("add_noise")) {
      Forms.positional((Expression.Call) use.expression(), 1)
          .map(Forms::name)
          .ifPresent(added::add);
    }
    added.remove("");
    return outline.uses().stream()
        .filter(u -> u.expression() instanceof Expression.Call)
        .map(u -> (Expression.Call) u.expression())
        .filter(c -> isDistance(Forms.name(c), words))
        .anyMatch(
            c ->
                Forms.positional(c, 1).map(Forms::name).filter(added::contains).isPresent()
                    || Forms.keyword(c, "target")
                        .map(Forms::name)
                        .filter(added::contains)
                        .isPresent());
  }
}
