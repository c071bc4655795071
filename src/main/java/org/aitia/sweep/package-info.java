/** Many runs of one program as one question: which settings go with failure. */
package org.aitia.sweep;
