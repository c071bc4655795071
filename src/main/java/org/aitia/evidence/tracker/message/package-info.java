/** The messages of trackers' files, generated of {@code src/main/proto}. */
package org.aitia.evidence.tracker.message;
