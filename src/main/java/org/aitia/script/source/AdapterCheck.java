package org.aitia.script.source;

import java.util.Set;
import org.aitia.script.syntax.Expression;

/** Adapters with new tokens, packed rows, and batch normalisation over several workers. */
final class AdapterCheck implements SourceCheck {
  /** What trains or saves embeddings beside an adapter. */
  private static final Set<String> EMBEDDINGS =
      Set.of("modules_to_save", "trainable_token_indices", "save_embedding_layers");

  private static final Set<String> BORDERS =
      Set.of(
          "position_ids", "padding_free", "flash_attn_varlen_func", "DataCollatorWithFlattening");
  private static final Set<String> SHARED =
      Set.of("SyncBatchNorm", "convert_sync_batchnorm", "sync_batchnorm", "sync_bn");

  /** Samples of a worker over which the mean of a batch is mostly noise. */
  private static final int FEW = 4;

  @Override
  public void look(Outline outline, Sources sources) {
    if (sources.writes(Set.of("LoraConfig")) && !sources.writes(EMBEDDINGS)) {
      tokens(outline, sources);
    }
    if (!sources.writes(BORDERS) && !flash(sources)) {
      packed(outline, sources);
    }
    if (sources.writes(Set.of("DistributedDataParallel", "DDP")) && !sources.writes(SHARED)) {
      normalised(outline, sources);
    }
  }

  private static void tokens(Outline outline, Sources sources) {
    outline.calls("add_tokens").forEach(u -> sources.find("script-new-tokens-frozen", outline, u));
    for (Outline.Use use : outline.calls("add_special_tokens")) {
      if (Forms.any(use.expression(), e -> Forms.is(e, "additional_special_tokens"))) {
        sources.find("script-new-tokens-frozen", outline, use);
      }
    }
  }

  private static boolean flash(Sources sources) {
    return sources.outlines().stream()
        .flatMap(o -> o.uses().stream())
        .anyMatch(
            u ->
                u.expression() instanceof Expression.Constant c
                    && String.valueOf(c.value()).contains("flash"));
  }

  private static void packed(Outline outline, Sources sources) {
    for (Outline.Use use : outline.uses()) {
      boolean packs =
          use.expression() instanceof Expression.Call call
              && Forms.keyword(call, "packing").filter(p -> Forms.is(p, true)).isPresent();
      if (packs) {
        sources.find("script-packing-unmasked", outline, use);
      }
    }
  }

  private static void normalised(Outline outline, Sources sources) {
    boolean few =
        sources.outlines().stream()
            .flatMap(o -> o.calls("DataLoader").stream())
            .map(u -> Forms.keyword((Expression.Call) u.expression(), "batch_size"))
            .anyMatch(b -> b.isPresent() && Forms.number(b.get()) <= FEW);
    boolean normal =
        sources.outlines().stream()
            .anyMatch(
                o ->
                    !o.calls("BatchNorm2d").isEmpty()
                        || !o.calls("BatchNorm1d").isEmpty()
                        || !o.calls("BatchNorm3d").isEmpty());
    if (few && normal) {
      for (String name : new String[] {"DistributedDataParallel", "DDP"}) {
        outline.calls(name).forEach(u -> sources.suspect("script-batch-norm-apart", outline, u));
      }
    }
  }
}
