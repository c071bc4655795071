/** The hyperparameters and their schedules. */
package org.aitia.observation.settings;
