/** What an engineer asks of a run besides its faults: which checkpoint to keep, and its speed. */
package org.aitia.observation.outlook;
