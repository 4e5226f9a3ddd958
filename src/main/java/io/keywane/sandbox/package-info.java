/** A faithful local stand-in for the API. */
@NullMarked
package io.keywane.sandbox;

import org.jspecify.annotations.NullMarked;
