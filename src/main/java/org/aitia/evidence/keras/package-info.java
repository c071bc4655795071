/** Models and weights that Keras saved, in its archive, HDF5 or JSON. */
package org.aitia.evidence.keras;
