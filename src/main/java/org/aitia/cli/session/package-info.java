/** Sessions of {@code aitia ask}: where they come from and where they are kept. */
package org.aitia.cli.session;
