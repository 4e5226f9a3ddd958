package io.keywane.provider;

import java.io.IOException;
import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/** A dead-man's switch: asks for an address while all is well; whoever listens there raises the alarm when that ends. */
public final class Heartbeat {
    private final Path file;
    private final Posting posting = new Posting();

    /**
     * A switch that has not sent anything yet.
     *
     * @param file holds the address, which is a secret
     */
    public Heartbeat(Path file) {
        this.file = requireNonNull(file, "file is null");
    }

    /**
     * Says once that all is well.
     *
     * @throws IOException if nobody heard it; its message holds nothing of the address
     */
    public void beat() throws IOException {
        posting.get(WebhookSink.address(file));
    }
}
