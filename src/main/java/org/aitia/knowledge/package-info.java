/**
 * What is known about causes, symptoms, checks and questions.
 *
 * <p>Many files: one record for each kind of entry of the knowledge base, and the words they use.
 */
package org.aitia.knowledge;
