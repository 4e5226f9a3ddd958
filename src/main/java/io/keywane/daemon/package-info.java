/** Wiring of the running service: Quartz, Micrometer, HTTP, the socket server, systemd. */
@NullMarked
package io.keywane.daemon;

import org.jspecify.annotations.NullMarked;
