package io.keywane.daemon;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;

/**
 * POSIX access lists: let further groups at a file, where its mode names only one.
 *
 * <p>The owner and the owning group keep the given rights, all others get none.
 */
final class AccessList {
    private static final String ATTRIBUTE = "system.posix_acl_access";
    private static final int VERSION = 2;
    private static final int HEADER_SIZE = 4;
    private static final int ENTRY_SIZE = 8;
    private static final short USER_OWNER = 0x01;
    private static final short GROUP_OWNER = 0x04;
    private static final short GROUP = 0x08;
    private static final short MASK = 0x10;
    private static final short OTHER = 0x20;
    private static final int NO_ID = -1;

    private static final NativeFunction SETXATTR = NativeFunction.of("setxattr", FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private AccessList() {}

    /**
     * Sets the whole access list of a file.
     *
     * @param owner rights of owner, as the digit of a file mode, 0 to 7
     * @param group rights of the owning group and of each of {@code groups}, likewise
     * @param groups numeric ids of the further groups
     */
    static void set(Path path, int owner, int group, Collection<Long> groups) throws IOException {
        byte[] list = encode(owner, group, groups);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, list);
            SETXATTR.callOrThrow(arena.allocateFrom(path.toString()), arena.allocateFrom(ATTRIBUTE), value,
                    value.byteSize(), 0);
        }
    }

    // The kernel's form (linux/posix_acl_xattr.h): little-endian, entries in ascending order.
    private static byte[] encode(int owner, int group, Collection<Long> groups) {
        int entries = 4 + new TreeSet<>(groups).size();
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_SIZE + entries * ENTRY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(VERSION);
        put(buffer, USER_OWNER, owner, NO_ID);
        put(buffer, GROUP_OWNER, group, NO_ID);
        for (long id : new TreeSet<>(groups)) {
            put(buffer, GROUP, group, (int) id);
        }
        put(buffer, MASK, group, NO_ID);
        put(buffer, OTHER, 0, NO_ID);
        return buffer.array();
    }

    private static void put(ByteBuffer buffer, short tag, int rights, int id) {
        buffer.putShort(tag).putShort((short) rights).putInt(id);
    }
}
