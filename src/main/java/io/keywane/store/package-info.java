/** Where secrets, state and history are kept: the file store, publishing, SQLite. The only SQL. */
@NullMarked
package io.keywane.store;

import org.jspecify.annotations.NullMarked;
