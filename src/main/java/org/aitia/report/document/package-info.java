/** Reports as Markdown and HTML. */
package org.aitia.report.document;
