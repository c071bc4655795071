/** All observers and comparers, in order. */
package org.aitia.observation;
