/** Many rotations at once while the real daemon is killed at random moments. */
@NullMarked
package io.keywane.chaos;

import org.jspecify.annotations.NullMarked;
