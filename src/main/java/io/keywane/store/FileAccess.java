package io.keywane.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who may reach a file, as Linux states it.
 *
 * @param mode the permission bits, 0 to 07777
 * @param owner the owner's number; 0 is root
 * @param self the number of the user that this process runs as
 */
record FileAccess(int mode, int owner, int self) {
    private static final int GROUP = 0070;
    private static final int GROUP_READ = 0040;
    private static final int OTHERS = 0007;
    private static final int ROOT = 0;

    static FileAccess of(Path path) throws IOException {
        return new FileAccess(number(path, "unix:mode") & 07777, number(path, "unix:uid"),
                number(Path.of("/proc/self"), "unix:uid"));
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer) Files.getAttribute(path, attribute);
    }

    /** Whether the owner alone has access. */
    boolean isOwnerOnly() {
        return (mode & (GROUP | OTHERS)) == 0;
    }

    /** Whether it belongs to the user of this process; root may use what belongs to others. */
    boolean isOurs() {
        return owner == self || self == ROOT;
    }

    /**
     * Whether nobody but root and this process may read it. A systemd credential or a Kubernetes secret belongs to root
     * and reaches an unprivileged process through its group or an access list, which shows as group read.
     */
    boolean isPrivate() {
        boolean lentByRoot = owner == ROOT && self != ROOT && (mode & (GROUP | OTHERS)) == GROUP_READ;
        return lentByRoot || isOwnerOnly();
    }

    String octal() {
        return String.format("%04o", mode);
    }
}
