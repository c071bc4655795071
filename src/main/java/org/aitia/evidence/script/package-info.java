/** Reads Python source into a tree. */
package org.aitia.evidence.script;
