/** What all of the service knows: its settings, and how it refuses. */
package org.aitia.service;
