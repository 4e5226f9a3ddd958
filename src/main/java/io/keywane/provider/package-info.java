/** Outbound HTTP: the probes. */
@NullMarked
package io.keywane.provider;

import org.jspecify.annotations.NullMarked;
