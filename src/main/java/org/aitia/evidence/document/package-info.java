/** JSON, YAML and pickles as plain data. */
package org.aitia.evidence.document;
