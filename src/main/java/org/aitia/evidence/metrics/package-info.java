/** Courses of metrics as lists and tables: histories, CSV logs, the files of trainers. */
package org.aitia.evidence.metrics;
