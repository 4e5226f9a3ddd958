/** Tests of the stores. {@code SecretStoreContract} is what every secret store must pass. */
@NullMarked
package io.keywane.store;

import org.jspecify.annotations.NullMarked;
