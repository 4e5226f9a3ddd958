/** Pure detection: a usage series becomes a verdict. */
@NullMarked
package io.keywane.anomaly;

import org.jspecify.annotations.NullMarked;
