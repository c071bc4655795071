/** What following a script leaves: values, where they come from, and what happened where. */
package org.aitia.script.trace;
