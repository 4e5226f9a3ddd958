/** The whole engine in one thread and virtual time, against models of all that is outside, under faults. */
@NullMarked
package io.keywane.engine.sim;

import org.jspecify.annotations.NullMarked;
