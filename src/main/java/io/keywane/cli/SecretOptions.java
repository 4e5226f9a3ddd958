package io.keywane.cli;

import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;
import io.keywane.control.Frames;
import io.keywane.key.InvalidKeyMaterialException;
import io.keywane.key.KeyMaterial;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Where a key value comes from: standard input, a file, or a prompt that does not show it. Never an argument. */
final class SecretOptions {
    private final CliContext context;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable Source source;

    /** At most one of these; neither asks at the terminal. */
    static final class Source {
        @Option(names = "--stdin",
                description = "Read the key from standard input; one trailing line break is cut off.")
        private boolean stdin;

        @Option(names = "--file", paramLabel = "FILE",
                description = "Read the key from a file; one trailing line break is cut off.")
        private @Nullable Path file;
    }

    SecretOptions(CliContext context) {
        this.context = context;
    }

    /** The key value; {@link ControlException} if there is none or it cannot be a key. */
    KeyMaterial read(String prompt) {
        byte[] bytes = bytes(prompt);
        try {
            return KeyMaterial.copyOf(bytes);
        } catch (InvalidKeyMaterialException e) {
            throw new ControlException(ExitCode.USAGE, e.fault().message(), "nothing was sent to the daemon");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] bytes(String prompt) {
        if (source != null && source.stdin) {
            return limited(context.in(), "standard input");
        }
        if (source != null && source.file != null) {
            return fromFile(source.file);
        }
        return prompted(prompt);
    }

    private static byte[] fromFile(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return limited(stream, file.toString());
        } catch (NoSuchFileException _) {
            throw new ControlException(ExitCode.USAGE, "there is no file " + file, "");
        } catch (IOException _) {
            throw new ControlException(ExitCode.USAGE, "cannot read " + file, "check its owner and mode");
        }
    }

    private byte[] prompted(String prompt) {
        if (!context.terminal().isPresent()) {
            throw new ControlException(ExitCode.NEEDS_CONFIRMATION,
                    "there is no terminal to ask for the key at", "give it by --stdin or --file");
        }
        char[] typed = context.terminal().askSecret(prompt);
        byte[] bytes = new byte[typed.length];
        for (int i = 0; i < typed.length; i++) {
            // Whatever is not ASCII becomes a byte that KeyMaterial refuses as such.
            bytes[i] = typed[i] < 128 ? (byte) typed[i] : (byte) 0x80;
        }
        Arrays.fill(typed, '\0');
        return bytes;
    }

    private static byte[] limited(InputStream stream, String name) {
        byte[] read = new byte[0];
        try {
            read = stream.readNBytes(Frames.MAX_SECRET + 1);
            if (read.length > Frames.MAX_SECRET) {
                throw new ControlException(ExitCode.USAGE, name + " is too long to be a key", "");
            }
            return withoutLineBreak(read);
        } catch (IOException _) {
            throw new ControlException(ExitCode.USAGE, "cannot read " + name, "");
        } finally {
            Arrays.fill(read, (byte) 0);
        }
    }

    private static byte[] withoutLineBreak(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
