/** Reports for the terminal. */
package org.aitia.report.terminal;
