/**
 * The result: verdict, ranked causes, explanation. One immutable value that every front renders.
 *
 * <p>Many files: each section of the result is written by a class of its own.
 */
package org.aitia.diagnosis;
