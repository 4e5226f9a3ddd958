package io.keywane.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether a stream of this process leads straight to systemd's journal, which then reads a priority off each line. */
final class JournalStream {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private JournalStream() {}

    static boolean isStandardError(Map<String, String> environment) {
        return is(STANDARD_ERROR, environment);
    }

    // The variable is handed down to children whose output goes elsewhere: only device and inode tell for certain.
    static boolean is(Path stream, Map<String, String> environment) {
        String journal = environment.get("JOURNAL_STREAM");
        if (journal == null) {
            return false;
        }
        try {
            Map<String, Object> file = Files.readAttributes(stream, "unix:dev,ino");
            return journal.equals(file.get("dev") + ":" + file.get("ino"));
        } catch (IOException _) {
            return false;
        }
    }
}
