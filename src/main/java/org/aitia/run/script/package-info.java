/** Python source as a tree: what the checks of training scripts look at. */
package org.aitia.run.script;
