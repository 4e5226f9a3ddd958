/** The shell without technology: loops, ports, and the settings that adapters take. */
@NullMarked
package io.keywane.engine;

import org.jspecify.annotations.NullMarked;
