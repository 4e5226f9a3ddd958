package io.keywane.daemon;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A Unix datagram socket, which the JDK does not have. An address is an absolute path, or {@code @} and a name in
 * Linux' abstract namespace.
 */
final class UnixDatagram implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int LONGEST_PATH = 107;
    private static final long FAMILY_SIZE = Short.BYTES;

    private static final FunctionDescriptor ON_ADDRESS = FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final NativeFunction SOCKET = NativeFunction.of("socket", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final NativeFunction SETSOCKOPT = NativeFunction.of("setsockopt", FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final NativeFunction CONNECT = NativeFunction.of("connect", ON_ADDRESS);
    private static final NativeFunction BIND = NativeFunction.of("bind", ON_ADDRESS);
    private static final FunctionDescriptor ON_BUFFER = FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private static final NativeFunction SEND = NativeFunction.of("send", ON_BUFFER);
    private static final NativeFunction RECEIVE = NativeFunction.of("recv", ON_BUFFER);
    private static final NativeFunction CLOSE = NativeFunction.of("close", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));

    private final int descriptor;

    private UnixDatagram(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * A socket that sends to and receives from nobody yet.
     *
     * @param timeout how long a call may wait for room or for a message
     */
    static UnixDatagram open(Duration timeout) throws IOException {
        int descriptor = (int) SOCKET.callOrThrow(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
        UnixDatagram socket = new UnixDatagram(descriptor);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocateFrom(ValueLayout.JAVA_LONG, timeout.toSeconds(),
                    timeout.toNanosPart() / 1_000L);
            SETSOCKOPT.callOrThrow(descriptor, SOL_SOCKET, SO_SNDTIMEO, time, (int) time.byteSize());
            SETSOCKOPT.callOrThrow(descriptor, SOL_SOCKET, SO_RCVTIMEO, time, (int) time.byteSize());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void connect(String address) throws IOException {
        onAddress(CONNECT, address);
    }

    void bind(String address) throws IOException {
        onAddress(BIND, address);
    }

    void send(byte[] message) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            SEND.callOrThrow(descriptor, buffer, buffer.byteSize(), MSG_NOSIGNAL);
        }
    }

    byte[] receive(int longest) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(longest);
            long length = RECEIVE.callOrThrow(descriptor, buffer, buffer.byteSize(), 0);
            return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public void close() {
        CLOSE.call(descriptor);
    }

    private void onAddress(NativeFunction function, String address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = socketAddress(arena, address);
            function.callOrThrow(descriptor, segment, (int) segment.byteSize());
        }
    }

    // struct sockaddr_un. An abstract name starts with NUL and has no NUL behind it: the length ends it.
    private static MemorySegment socketAddress(Arena arena, String address) throws IOException {
        boolean isAbstract = address.startsWith("@");
        if (!isAbstract && !address.startsWith("/")) {
            throw new IOException("socket address \"" + address + "\" must start with '/' or '@'");
        }
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IOException("socket address \"" + address + "\" is longer than " + LONGEST_PATH + " bytes");
        }
        MemorySegment segment = arena.allocate(FAMILY_SIZE + name.length + (isAbstract ? 0 : 1), Short.BYTES);
        segment.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, segment, ValueLayout.JAVA_BYTE, FAMILY_SIZE, name.length);
        if (isAbstract) {
            segment.set(ValueLayout.JAVA_BYTE, FAMILY_SIZE, (byte) 0);
        }
        return segment;
    }
}
