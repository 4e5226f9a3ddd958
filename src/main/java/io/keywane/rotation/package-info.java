/** Pure state machine of a rotation: states, evidence, actions, reasons, {@code decide}. */
@NullMarked
package io.keywane.rotation;

import org.jspecify.annotations.NullMarked;
