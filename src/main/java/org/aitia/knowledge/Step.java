package org.aitia.knowledge;

import java.util.List;

/**
 * A step of the decision tree.
 *
 * @param parent the step it refines; null for a step of its own
 * @param waitsFor steps that have to be clear first
 */
public record Step(String id, Text name, Text purpose, String parent, List<String> waitsFor) {}
