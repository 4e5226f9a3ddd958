package io.keywane.daemon;

import io.keywane.engine.Settings.ServiceSettings;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Who may do what at the operator socket: root, the daemon's own user and members of an operator group may change things,
 * members of a reader group may look, nobody else may do anything.
 */
public final class PeerRoles {
    private static final long ROOT = 0;

    private final UserDatabase users;
    private final long ownUserId;
    private volatile Groups groups;

    /** Groups as the configuration names them; memberships are looked up at each connection. */
    public PeerRoles(UserDatabase users, long ownUserId, ServiceSettings settings) {
        this.users = requireNonNull(users, "users is null");
        this.ownUserId = ownUserId;
        this.groups = Groups.of(settings);
    }

    private record Groups(List<String> operators, List<String> readers) {
        static Groups of(ServiceSettings settings) {
            return new Groups(settings.operatorGroups(), settings.readerGroups());
        }
    }

    /** Takes in the groups of a new configuration. */
    public void configure(ServiceSettings settings) {
        groups = Groups.of(settings);
    }

    /**
     * The peer with its role; empty if it may do nothing.
     *
     * @param user name of the peer's user, or digits where the id has no name
     * @param group the same of the group that its process runs in
     */
    Optional<Peer> peer(String user, String group) throws IOException {
        Groups now = groups;
        OptionalLong userId = orDigits(users.userId(user), user);
        if (userId.isPresent() && (userId.getAsLong() == ROOT || userId.getAsLong() == ownUserId)) {
            return Optional.of(new Peer(user, Role.OPERATOR));
        }
        Set<Long> memberOf = new HashSet<>(users.groupIdsOf(user));
        orDigits(users.groupId(group), group).ifPresent(memberOf::add);
        if (isMember(memberOf, now.operators())) {
            return Optional.of(new Peer(user, Role.OPERATOR));
        }
        return isMember(memberOf, now.readers()) ? Optional.of(new Peer(user, Role.READER)) : Optional.empty();
    }

    /** Who may change things, for messages. */
    String operators() {
        List<String> names = groups.operators();
        return names.isEmpty() ? "root and the daemon's own user" : "members of group " + String.join(" or ", names);
    }

    /** Who may at least look, for messages. */
    String allowed() {
        List<String> readers = groups.readers();
        return readers.isEmpty()
                ? operators()
                : operators() + ", and for looking members of group " + String.join(" or ", readers);
    }

    private boolean isMember(Set<Long> memberOf, List<String> names) throws IOException {
        for (String name : names) {
            OptionalLong id = users.groupId(name);
            if (id.isPresent() && memberOf.contains(id.getAsLong())) {
                return true;
            }
        }
        return false;
    }

    // The JDK gives the number where an id has no name. A name comes first: it may itself be made of digits.
    private static OptionalLong orDigits(OptionalLong known, String name) {
        if (known.isPresent() || !name.matches("[0-9]{1,10}")) {
            return known;
        }
        return OptionalLong.of(Long.parseLong(name));
    }
}
