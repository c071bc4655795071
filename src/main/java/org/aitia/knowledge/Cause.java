package org.aitia.knowledge;

import java.util.List;

/**
 * A root cause or a mechanism.
 *
 * @param step where in the tree it is repaired
 * @param prior how often it is met: {@code common}, {@code occasional}, {@code rare}
 * @param leadsTo the causes it can set off, nearest first
 * @param mistakenFor look-alikes
 * @param residual whether it is what remains when nothing else explains a gap or a plateau
 */
public record Cause(
    String id,
    String family,
    String step,
    String prior,
    List<String> leadsTo,
    List<String> mistakenFor,
    boolean residual,
    Cost confirmCost,
    Cost repairCost,
    Page en,
    Page zh) {
  public Page page(Language language) {
    return language == Language.ZH ? zh : en;
  }
}
