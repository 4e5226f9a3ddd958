package io.keywane.daemon;

import io.keywane.engine.Settings.ServiceSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The operator socket as a file: in a folder that only the daemon can write, open to the configured groups.
 *
 * <p>Its rights keep others away from the door; who is at the door is judged by {@link PeerRoles}.
 */
final class SocketFile {
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);
    private static final long ROOT = 0;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int ENTERED_BY_GROUP = 0010;
    private static final int READ_WRITE = 6;
    private static final int ALL = 7;
    private static final int READ_ENTER = 5;

    private final Path path;
    private final Path folder;
    private final List<String> groups;
    private final UserDatabase users;

    SocketFile(ServiceSettings settings, UserDatabase users) {
        this.path = settings.socket().toAbsolutePath();
        this.folder = requireNonNull(path.getParent(), "a socket needs a folder");
        this.groups = Stream.concat(settings.operatorGroups().stream(), settings.readerGroups().stream()).distinct()
                .toList();
        this.users = users;
    }

    /** Makes the socket and listens. A socket that a dead daemon left is replaced; a live one is left alone. */
    ServerSocketChannel listen() throws IOException {
        Map<String, Long> ids = groupIds();
        prepareFolder(ids);
        removeStale();
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
            admit(path, READ_WRITE, READ_WRITE, ids);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot listen at " + path + ": " + e.getMessage(), e);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private Map<String, Long> groupIds() throws IOException {
        Map<String, Long> ids = new LinkedHashMap<>();
        for (String group : groups) {
            OptionalLong id = users.groupId(group);
            if (id.isEmpty()) {
                LOG.warn("group {} does not exist on this host, so nobody is in it", group);
                continue;
            }
            ids.put(group, id.getAsLong());
        }
        return ids;
    }

    private void prepareFolder(Map<String, Long> ids) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
            admit(folder, ALL, READ_ENTER, ids);
            return;
        }
        Map<String, Object> attributes = Files.readAttributes(folder, "unix:mode,uid,isDirectory");
        int mode = (int) requireNonNull(attributes.get("mode"));
        long owner = Integer.toUnsignedLong((int) requireNonNull(attributes.get("uid")));
        long self = LinuxNative.effectiveUserId();
        if (!Files.isDirectory(folder) || (owner != self && owner != ROOT) || (mode & WRITABLE_BY_OTHERS) != 0) {
            throw new IOException("the socket's folder " + folder + " must be a folder that only the daemon's user or"
                    + " root can write: give it to the daemon's user and chmod 0750 it");
        }
        // A folder closed even to its own group was closed on purpose.
        if (owner == self && (mode & ENTERED_BY_GROUP) != 0) {
            admit(folder, ALL, READ_ENTER, ids);
        }
    }

    private void removeStale() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
            throw new IOException(path + " exists and is no socket; move it away or choose another path");
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("another daemon answers at " + path
                    + "; stop it first, or give this one a socket (and state) of its own");
        } catch (ConnectException _) {
            LOG.info("the socket {} was left by a daemon that is gone; it is replaced", path);
            Files.delete(path);
        }
    }

    // The first group becomes the file's own; the others need an access list, since a file has one group only.
    private void admit(Path file, int owner, int group, Map<String, Long> ids) throws IOException {
        if (ids.isEmpty()) {
            return;
        }
        Map<String, Long> others = new LinkedHashMap<>(ids);
        Map.Entry<String, Long> first = ids.entrySet().iterator().next();
        try {
            Files.setAttribute(file, "unix:gid", (int) (long) first.getValue());
            others.remove(first.getKey());
        } catch (IOException _) {
            LOG.info("{} keeps its group: the daemon is not in group {}, which is let in by an access list", file,
                    first.getKey());
        }
        if (others.isEmpty()) {
            return;
        }
        try {
            AccessList.set(file, owner, group, new ArrayList<>(others.values()));
        } catch (IOException e) {
            LOG.warn("members of group {} cannot reach {}, since the file system takes no access list: {}",
                    String.join(", ", others.keySet()), file, e.getMessage());
        }
    }
}
