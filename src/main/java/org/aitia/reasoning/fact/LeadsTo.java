package org.aitia.reasoning.fact;

/** A cause can set off another one, from the knowledge base. */
public record LeadsTo(String root, String effect) {}
