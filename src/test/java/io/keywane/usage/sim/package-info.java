/**
 * The drain simulation: seeded histories of a key, played in virtual time against the pure accounting, and compared with a
 * truth that headers do not show. The models of limiters here share no code with the sandbox's, so that one mistake does
 * not hide another. docs/drain-proof.md says what is drawn and how to run it.
 */
package io.keywane.usage.sim;
