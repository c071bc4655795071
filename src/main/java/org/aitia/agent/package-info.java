/**
 * Tools for coding agents over the Model Context Protocol: short answers that say what to do next.
 */
package org.aitia.agent;
