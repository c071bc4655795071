/** The cases of {@code knowledge-base/cases}: given facts, and what has to be concluded of them. */
package org.aitia.cases;
