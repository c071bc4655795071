/** The conversation of {@code aitia ask} on a terminal. */
package org.aitia.cli.conversation;
