/** Keywane: watches over an organisation's API keys and replaces them without downtime. */
@NullMarked
package io.keywane;

import org.jspecify.annotations.NullMarked;
