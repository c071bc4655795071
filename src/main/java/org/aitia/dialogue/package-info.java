/** Questions and answers: the next question, withdrawal, what-if; the same reasoner behind them. */
package org.aitia.dialogue;
