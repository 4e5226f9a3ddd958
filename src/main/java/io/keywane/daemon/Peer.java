package io.keywane.daemon;

import static java.util.Objects.requireNonNull;

/**
 * Who speaks at the other end of the operator socket, as the kernel vouches for.
 *
 * @param user the user's name, or the numeric id where it has none; the actor of the audit
 */
public record Peer(String user, Role role) {
    public Peer {
        requireNonNull(user, "user is null");
        requireNonNull(role, "role is null");
    }

    public boolean isOperator() {
        return role == Role.OPERATOR;
    }
}
