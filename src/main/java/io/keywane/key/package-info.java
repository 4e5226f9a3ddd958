/** Nouns that all share: names, versions, stages, and the one class that holds key bytes. No I/O, no clock, no logger. */
@NullMarked
package io.keywane.key;

import org.jspecify.annotations.NullMarked;
