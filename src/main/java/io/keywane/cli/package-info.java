/** Verbs: those that speak to the daemon, and those that work offline. */
@NullMarked
package io.keywane.cli;

import org.jspecify.annotations.NullMarked;
