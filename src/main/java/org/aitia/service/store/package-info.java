/** Where diagnoses and sessions are kept, and when they go. */
package org.aitia.service.store;
