/** Pages for people: HTML and pictures made from the wire's records, without scripts and without anything from elsewhere. */
@NullMarked
package io.keywane.page;

import org.jspecify.annotations.NullMarked;
