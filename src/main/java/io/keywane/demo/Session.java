package io.keywane.demo;

import java.io.IOException;

import static java.util.Objects.requireNonNull;

/** Folder and processes, cleared away when it is closed or when this process is told to end, whichever comes first. */
final class Session implements AutoCloseable {
    private final Workspace workspace;
    private final Children children = new Children();
    private final boolean keep;
    private final Thread hook = Thread.ofPlatform().name("end of demo").unstarted(this::end);
    private volatile boolean ending;

    private Session(Workspace workspace, boolean keep) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.keep = keep;
    }

    static Session open(boolean keep) throws IOException {
        Session session = new Session(Workspace.create(), keep);
        Runtime.getRuntime().addShutdownHook(session.hook);
        return session;
    }

    Workspace workspace() {
        return workspace;
    }

    Children children() {
        return children;
    }

    /** Whether this process was told to end, so that failures mean nothing. */
    boolean isEnding() {
        return ending;
    }

    /** One at a time: two that clear the same folder would each trip over what the other deletes, and leave the rest. */
    @Override
    public synchronized void close() throws IOException {
        children.close();
        if (!keep) {
            workspace.delete();
        }
    }

    private void end() {
        ending = true;
        try {
            close();
        } catch (IOException e) {
            System.err.println("keywane demo: " + workspace.root() + " could not be deleted: " + e.getMessage());
        }
    }
}
