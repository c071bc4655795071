/**
 * What training scripts do, found by running them in the abstract: values are known by where they
 * come from, calls of the frameworks leave events, and checks look at both.
 */
package org.aitia.script;
