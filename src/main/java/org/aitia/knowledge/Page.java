package org.aitia.knowledge;

/**
 * The documentation page of a cause in one language, as Markdown.
 *
 * @param confirm the cheapest experiment that confirms the cause, one or two sentences
 * @param repair the repair, one or two sentences
 * @param body the whole page below its summary
 */
public record Page(String name, String summary, String confirm, String repair, String body) {}
