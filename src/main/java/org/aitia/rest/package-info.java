/**
 * The REST service: thin resources over the same reasoner as the command line. Quarkus starts only
 * for {@code aitia serve}; nothing outside this package knows it.
 */
package org.aitia.rest;
