/** The page for people: what the interface for programs does, to be seen and clicked. */
package org.aitia.service.page;
