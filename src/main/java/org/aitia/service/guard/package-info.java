/** Who gets in, how much at once, and how the service ends. */
package org.aitia.service.guard;
