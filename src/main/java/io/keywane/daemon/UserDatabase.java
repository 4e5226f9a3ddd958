package io.keywane.daemon;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The host's users and groups as the name service (NSS) knows them: files, LDAP, systemd's dynamic users.
 *
 * <p>Read anew at every question, so that a change of membership counts at once.
 */
public final class UserDatabase {
    private static final int ERANGE = 34;
    private static final int LARGEST_BUFFER = 1 << 24;
    private static final int LARGEST_GROUP_COUNT = 65_536; // NGROUPS_MAX of Linux
    private static final long ENTRY_SIZE = 64; // struct passwd has 48 bytes, struct group 32
    private static final long ID_OFFSET = 16; // pw_uid and gr_gid stand behind two pointers
    private static final long PRIMARY_GROUP_OFFSET = 20;

    private static final FunctionDescriptor LOOK_UP = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
            ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
    private static final NativeFunction GETPWNAM_R = NativeFunction.of("getpwnam_r", LOOK_UP);
    private static final NativeFunction GETGRNAM_R = NativeFunction.of("getgrnam_r", LOOK_UP);
    private static final NativeFunction GETGROUPLIST = NativeFunction.of("getgrouplist", FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
            ValueLayout.ADDRESS));

    /** The numeric id of a user; empty where there is none of that name. */
    public OptionalLong userId(String user) throws IOException {
        return entry(GETPWNAM_R, "getpwnam_r", user).map(e -> OptionalLong.of(e.id())).orElse(OptionalLong.empty());
    }

    /** The numeric id of a group; empty where there is none of that name. */
    public OptionalLong groupId(String group) throws IOException {
        return entry(GETGRNAM_R, "getgrnam_r", group).map(e -> OptionalLong.of(e.id())).orElse(OptionalLong.empty());
    }

    /** The numeric ids of all groups that a user is in, the primary one included; empty for an unknown user. */
    public Set<Long> groupIdsOf(String user) throws IOException {
        Optional<Entry> entry = entry(GETPWNAM_R, "getpwnam_r", user);
        return entry.isEmpty() ? Set.of() : groupList(user, entry.get().primaryGroup());
    }

    private record Entry(long id, int primaryGroup) {}

    private static Optional<Entry> entry(NativeFunction function, String label, String name) throws IOException {
        for (int size = 4_096; size <= LARGEST_BUFFER; size *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment entry = arena.allocate(ENTRY_SIZE, Long.BYTES);
                MemorySegment found = arena.allocate(ValueLayout.ADDRESS);
                long error = function.call(arena.allocateFrom(name), entry, arena.allocate(size), (long) size, found)
                        .number();
                if (error == ERANGE) {
                    continue;
                }
                return found(entry, found);
            }
        }
        throw new IOException(label + ": the entry of \"" + name + "\" is larger than " + LARGEST_BUFFER + " bytes");
    }

    // An error other than ERANGE also leaves "found" empty; by POSIX, several of them just mean "no such name".
    private static Optional<Entry> found(MemorySegment entry, MemorySegment found) {
        if (found.get(ValueLayout.ADDRESS, 0).equals(MemorySegment.NULL)) {
            return Optional.empty();
        }
        long id = Integer.toUnsignedLong(entry.get(ValueLayout.JAVA_INT, ID_OFFSET));
        return Optional.of(new Entry(id, entry.get(ValueLayout.JAVA_INT, PRIMARY_GROUP_OFFSET)));
    }

    private static Set<Long> groupList(String user, int primaryGroup) throws IOException {
        for (int capacity = 64; capacity <= LARGEST_GROUP_COUNT; capacity *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment groups = arena.allocate(MemoryLayout.sequenceLayout(capacity, ValueLayout.JAVA_INT));
                MemorySegment count = arena.allocateFrom(ValueLayout.JAVA_INT, capacity);
                if (GETGROUPLIST.call(arena.allocateFrom(user), primaryGroup, groups, count).number() < 0) {
                    continue;
                }
                return copy(groups, count.get(ValueLayout.JAVA_INT, 0));
            }
        }
        throw new IOException("user \"" + user + "\" is in more than " + LARGEST_GROUP_COUNT + " groups");
    }

    private static Set<Long> copy(MemorySegment groups, int count) {
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ids.add(Integer.toUnsignedLong(groups.getAtIndex(ValueLayout.JAVA_INT, i)));
        }
        return Set.copyOf(ids);
    }
}
