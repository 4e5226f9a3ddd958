/** How fast the accounting is, and how much memory it takes. */
@NullMarked
package io.keywane.usage.bench;

import org.jspecify.annotations.NullMarked;
