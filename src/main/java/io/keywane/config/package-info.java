/** The configuration file becomes validated settings; problems carry line and column. */
@NullMarked
package io.keywane.config;

import org.jspecify.annotations.NullMarked;
