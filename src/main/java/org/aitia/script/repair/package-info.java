/** Lines of a script as they should be, where a finding leaves no choice. */
package org.aitia.script.repair;
