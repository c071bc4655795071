/** Bodies on their way in: streamed to disk under limits, whatever they hold. */
package org.aitia.service.intake;
