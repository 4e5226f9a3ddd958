package io.keywane.daemon;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * One function of the C library, bound once and called with boxed arguments.
 *
 * <p>Meant for calls that are rare: a call costs some microseconds. Layouts are those of 64-bit Linux.
 */
final class NativeFunction {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final NativeFunction STRERROR = of("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT));
    private static final long LONGEST_ERROR_TEXT = 1_024;

    private final String name;
    private final MethodHandle handle;

    private NativeFunction(String name, MethodHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /** What a call returned, and the {@code errno} that it left (meaningful only where the call failed). */
    record Outcome(Object value, int errno) {
        long number() {
            return ((Number) value).longValue();
        }
    }

    @SuppressWarnings("restricted") // the whole purpose; the manifest grants native access
    static NativeFunction of(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        List<Linker.Option> all = new ArrayList<>(List.of(options));
        all.add(Linker.Option.captureCallState("errno"));
        MemorySegment address = LINKER.defaultLookup().find(name)
                .orElseThrow(() -> new IllegalStateException("the C library of this host lacks " + name));
        return new NativeFunction(name, LINKER.downcallHandle(address, descriptor, all.toArray(Linker.Option[]::new)));
    }

    /** Calls the function; segments among the arguments must stay alive meanwhile. */
    Outcome call(Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            List<Object> all = new ArrayList<>();
            all.add(state);
            all.addAll(List.of(arguments));
            Object value = handle.invokeWithArguments(all);
            return new Outcome(value, (int) ERRNO.get(state, 0L));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling " + name + " failed", e);
        }
    }

    /** Calls a function that returns a negative number on failure. */
    long callOrThrow(Object... arguments) throws NativeException {
        Outcome outcome = call(arguments);
        if (outcome.number() < 0) {
            throw new NativeException(name, outcome.errno());
        }
        return outcome.number();
    }

    /** The C library's words for an error number. */
    @SuppressWarnings("restricted") // the text is static and ends with NUL, but its length is not known beforehand
    static String describe(int errno) {
        MemorySegment text = (MemorySegment) STRERROR.call(errno).value();
        return text.reinterpret(LONGEST_ERROR_TEXT).getString(0);
    }
}
