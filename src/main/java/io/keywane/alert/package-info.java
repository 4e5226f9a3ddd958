/** Pure conditions: what fires, what resolves, and why. */
@NullMarked
package io.keywane.alert;

import org.jspecify.annotations.NullMarked;
