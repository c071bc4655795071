/**
 * Tokens: what they are called, what they may do, and the seal that a browser keeps in place of
 * one.
 */
package org.aitia.service.key;
