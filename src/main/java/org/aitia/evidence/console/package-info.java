/** What a training printed. */
package org.aitia.evidence.console;
