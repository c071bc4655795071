/**
 * The result: verdict, ranked causes, explanation. One immutable value that every front renders.
 */
package org.aitia.diagnosis;
