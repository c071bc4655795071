/** What special kinds of training tell: policies, adversaries, boosted trees, averaged weights. */
package org.aitia.observation.training;
