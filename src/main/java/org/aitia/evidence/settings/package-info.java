/** Settings of a training, and what it ran in. */
package org.aitia.evidence.settings;
