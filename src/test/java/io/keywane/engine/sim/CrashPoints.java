package io.keywane.engine.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the process dies in one run: at named effects, the next only after the one before. */
final class CrashPoints {
    /** An Error, so that nothing in the product takes it for a failure that it could handle. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died(String where) {
            super(where, null, false, false);
        }
    }

    /** Before or after an effect, after so many of the same kind were let pass. */
    record Point(Effect effect, boolean after, int passed) {
        String name() {
            return (after ? "after " : "before ") + effect;
        }
    }

    private final Deque<Point> planned;
    private final List<String> hit = new ArrayList<>();
    private final Map<Effect, Integer> seen = new EnumMap<>(Effect.class);
    private int passed;
    private boolean isOver;

    CrashPoints(List<Point> planned) {
        this.planned = new ArrayDeque<>(planned);
    }

    void before(Effect effect) {
        seen.merge(effect, 1, Integer::sum);
        at(effect, false);
    }

    void after(Effect effect) {
        at(effect, true);
    }

    private void at(Effect effect, boolean after) {
        Point next = planned.peekFirst();
        if (isOver || next == null || next.effect() != effect || next.after() != after || passed++ < next.passed()) {
            return;
        }
        planned.removeFirst();
        passed = 0;
        hit.add(next.name());
        throw new Died(next.name());
    }

    /** From now on the process lives. */
    void end() {
        isOver = true;
    }

    List<String> hit() {
        return List.copyOf(hit);
    }

    Map<Effect, Integer> seen() {
        return seen;
    }
}
