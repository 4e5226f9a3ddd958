/** Wire records of the operator socket, their JSON, and the Unix-socket client. */
@NullMarked
package io.keywane.control;

import org.jspecify.annotations.NullMarked;
