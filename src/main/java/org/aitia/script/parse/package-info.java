/** Reads Python source into a tree. */
package org.aitia.script.parse;
