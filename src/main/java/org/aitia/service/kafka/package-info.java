/**
 * The service at a Kafka: takes messages in, each diagnosed once in effect, and tells what became
 * of them. Switched off unless there is a broker to go to.
 */
package org.aitia.service.kafka;
