/**
 * The courses of losses and gradients.
 *
 * <p>Many files: an observer for each trait of a course, and what a course is made of.
 */
package org.aitia.observation.curve;
