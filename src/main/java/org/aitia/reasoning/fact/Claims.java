package org.aitia.reasoning.fact;

import java.util.List;
import org.aitia.knowledge.Claim;

/** What one match of a rule says: one condition may speak about several causes. */
public record Claims(List<Claim> all) {
  public Claims {
    all = List.copyOf(all);
  }
}
