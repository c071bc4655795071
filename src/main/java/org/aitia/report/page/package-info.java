/** The pages of everything that has an id, and the handbook made of them. */
package org.aitia.report.page;
