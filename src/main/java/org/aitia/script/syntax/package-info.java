/** Python source as a tree: what is followed and checked. */
package org.aitia.script.syntax;
