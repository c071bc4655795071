/** The words of frameworks and libraries, by what they stand for. */
package org.aitia.run.word;
