package io.keywane.control;

import io.keywane.key.KeyMaterial;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** A request as the daemon received it: a key value comes with exactly those verbs that take one. */
public record IncomingRequest(ControlRequest request, Optional<KeyMaterial> secret) {
    public IncomingRequest {
        requireNonNull(request, "request is null");
        requireNonNull(secret, "secret is null");
        if (request.verb().takesSecret() != secret.isPresent()) {
            throw new ControlException(ExitCode.USAGE, request.verb().wireName()
                    + (secret.isPresent() ? " takes no key value" : " needs a key value, and none came with it"), "");
        }
    }
}
