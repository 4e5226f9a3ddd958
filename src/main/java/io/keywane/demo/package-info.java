/** The demonstration: starts sandbox, daemon and consumers as processes and carries a rotation through. */
@NullMarked
package io.keywane.demo;

import org.jspecify.annotations.NullMarked;
