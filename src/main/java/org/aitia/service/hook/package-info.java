/** Webhooks: tells others of diagnoses, signed, again and again until they take it. */
package org.aitia.service.hook;
