/** What logs and configuration files call things. */
package org.aitia.evidence.vocabulary;
