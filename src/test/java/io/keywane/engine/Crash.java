package io.keywane.engine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Where the process may die: each effect calls {@link #point} before and after it. The chosen call ends everything. */
final class Crash {
    /** An Error, so that nothing in the product takes it for a failure that it could handle. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died(String where) {
            super(where);
        }
    }

    private final List<String> seen = new ArrayList<>();
    private int fatal = -1;
    private @Nullable String died;

    /** Dies at the n-th point, once. */
    void at(int n) {
        fatal = n;
    }

    void point(String where) {
        int here = seen.size();
        seen.add(where);
        if (here == fatal) {
            died = where;
            throw new Died(where);
        }
    }

    int points() {
        return seen.size();
    }

    String where() {
        return String.valueOf(died);
    }
}
