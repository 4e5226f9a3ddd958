/**
 * The evidence that goes with a flag: its file, and a check of it that shares no code with the accounting that made the
 * claim, so that a mistake there is not repeated here.
 */
@NullMarked
package io.keywane.evidence;

import org.jspecify.annotations.NullMarked;
