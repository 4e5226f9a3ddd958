/** Pure accounting: response headers become samples, samples and the own-request ledger become foreign-use intervals and silence. */
@NullMarked
package io.keywane.usage;

import org.jspecify.annotations.NullMarked;
