package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Locale;

/** Says what a disk's failure means for a store, naming the file and the way out. */
final class DiskFaults {
    private DiskFaults() {}

    static StoreException reading(Path file, IOException e) {
        return new StoreException(kind(e), "cannot read " + file + ": " + because(e) + "; " + wayOut(e), e);
    }

    static StoreException writing(Path file, IOException e) {
        if (e instanceof NotDurableException) {
            return new StoreException(StoreFailure.Kind.UNKNOWN_OUTCOME,
                    "wrote " + file + ", but it is not known whether that survives a power cut: " + because(e)
                            + "; read it back, and check the disk",
                    e);
        }
        return new StoreException(kind(e), "cannot write " + file + ": " + because(e) + "; " + wayOut(e), e);
    }

    private static StoreFailure.Kind kind(IOException e) {
        boolean denied = e instanceof AccessDeniedException || because(e).contains("Operation not permitted");
        return denied ? StoreFailure.Kind.DENIED : StoreFailure.Kind.UNAVAILABLE;
    }

    private static String because(IOException e) {
        if (e instanceof UserPrincipalNotFoundException unknown) {
            return "there is no group \"" + unknown.getName() + "\"";
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException fault && fault.getReason() != null) {
            return fault.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    private static String wayOut(IOException e) {
        if (e instanceof UserPrincipalNotFoundException) {
            return "create the group, or name another in the config";
        }
        String reason = because(e).toLowerCase(Locale.ROOT);
        if (reason.contains("no space") || reason.contains("quota")) {
            return "free space on that file system";
        }
        if (reason.contains("read-only")) {
            return "mount that file system writable";
        }
        if (kind(e) == StoreFailure.Kind.DENIED) {
            return "give the daemon's user access (a group: SupplementaryGroups= of the unit)";
        }
        return "check the folder and the disk";
    }
}
