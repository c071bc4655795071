/** The settings of a run, and what it ran in. */
package org.aitia.run.settings;
