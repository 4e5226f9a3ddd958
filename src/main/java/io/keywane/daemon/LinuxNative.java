package io.keywane.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What Linux knows of this process and host, and the JDK does not tell. */
public final class LinuxNative {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int CLOCK_BOOTTIME = 7;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String BOOT_ID_VARIABLE = "KEYWANE_BOOT_ID";
    private static final long TIMESPEC_SIZE = 16;

    private static final NativeFunction CLOCK_GETTIME = NativeFunction.of("clock_gettime", FunctionDescriptor
            .of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private static final NativeFunction PRCTL = NativeFunction.of("prctl", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG), Linker.Option.firstVariadicArg(1));
    private static final NativeFunction GETEUID = NativeFunction.of("geteuid", FunctionDescriptor
            .of(ValueLayout.JAVA_INT));

    private LinuxNative() {}

    /** Time since boot, suspended time included; never set back within a boot. */
    public static Duration sinceBoot() {
        return clock(CLOCK_BOOTTIME);
    }

    /** The clock by which systemd orders a reload; stands still while the host is suspended. */
    static Duration monotonic() {
        return clock(CLOCK_MONOTONIC);
    }

    /**
     * Identity of this boot of the host, 32 hexadecimal digits. Under {@code ProcSubset=pid} the kernel's file is hidden, so
     * the unit hands the same in as an environment variable.
     */
    public static String bootId() {
        return bootId(BOOT_ID, System.getenv());
    }

    static String bootId(Path file, Map<String, String> environment) {
        try {
            return Files.readString(file).strip().replace("-", "");
        } catch (IOException e) {
            String handedIn = environment.getOrDefault(BOOT_ID_VARIABLE, "");
            if (handedIn.matches("[0-9a-f]{32}")) {
                return handedIn;
            }
            throw new UncheckedIOException("cannot read " + file + ", and " + BOOT_ID_VARIABLE
                    + " does not hold the boot's id (in a unit: Environment=" + BOOT_ID_VARIABLE + "=%b)", e);
        }
    }

    /**
     * Bars core dumps of this process and attaching to it by other processes of its user, so that key bytes in memory
     * stay there. Also hides its environment and file descriptors in /proc.
     */
    public static void forbidDumps() throws IOException {
        PRCTL.callOrThrow(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
    }

    /** Whether this process may be dumped and attached to. */
    public static boolean isDumpable() throws IOException {
        return PRCTL.callOrThrow(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L) != 0;
    }

    /** The numeric id of the user as whom this process acts. */
    public static long effectiveUserId() {
        return Integer.toUnsignedLong((int) GETEUID.call().value());
    }

    private static Duration clock(int id) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(TIMESPEC_SIZE, Long.BYTES);
            CLOCK_GETTIME.callOrThrow(id, time);
            return Duration.ofSeconds(time.get(ValueLayout.JAVA_LONG, 0), time.get(ValueLayout.JAVA_LONG, Long.BYTES));
        } catch (NativeException e) {
            throw new UncheckedIOException("this kernel lacks clock " + id, e);
        }
    }
}
