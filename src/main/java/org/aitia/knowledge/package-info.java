/**
 * What is known about causes, symptoms, checks and questions: data, read from the knowledge base
 * and validated.
 */
package org.aitia.knowledge;
