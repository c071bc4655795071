/** From what was sent to a diagnosis or a session. */
package org.aitia.service.work;
