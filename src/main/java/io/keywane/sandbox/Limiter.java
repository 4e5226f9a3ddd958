package io.keywane.sandbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The limiter of one key and group: several windows at once, a request is admitted only if all admit it. Judging and
 * counting are one step under the limiter's own lock, so that no burst passes a limit.
 */
final class Limiter {
    static final int TOO_MANY_REQUESTS = 429;

    private final RefusalSettings refusals;
    private final LimiterGroup group;
    private final List<LimiterNode> nodes = new ArrayList<>();
    private RateSettings rates;
    private int turn;

    Limiter(RateSettings rates, RefusalSettings refusals, LimiterGroup group) {
        this.rates = rates;
        this.refusals = refusals;
        this.group = group;
        open();
    }

    /**
     * Judges one request.
     *
     * @param otherwise settles the request if it is admitted and returns its status; runs under this limiter's lock
     */
    synchronized Ruling judge(InstantSource clock, Caller caller, IntSupplier otherwise) {
        Instant now = clock.instant();
        LimiterNode node = node(caller);
        int status = node.untilAdmitted(now).isZero() ? otherwise.getAsInt() : TOO_MANY_REQUESTS;
        return settle(node, now, status);
    }

    /** Records a request that was refused before it came to the limiter, as far as such requests count. */
    synchronized Ruling refuse(InstantSource clock, Caller caller, int status) {
        return settle(node(caller), clock.instant(), status);
    }

    /** Forgets all that was counted, as a cache does that restarts. */
    synchronized void wipe() {
        open();
    }

    /** Goes by other settings from now on; what is counted stays if nothing but limits differs, else all is forgotten. */
    synchronized void change(RateSettings value) {
        boolean sameCounters = value.sameCounters(rates);
        rates = value;
        if (!sameCounters) {
            open();
            return;
        }
        nodes.forEach(node -> node.change(value.of(group)));
    }

    private void open() {
        nodes.clear();
        for (int i = 0; i < rates.topology().nodes(); i++) {
            nodes.add(new LimiterNode(rates, rates.of(group)));
        }
    }

    private LimiterNode node(Caller caller) {
        int number = rates.topology().placement().node(caller, turn, nodes.size());
        turn++;
        return nodes.get(number);
    }

    private Ruling settle(LimiterNode node, Instant now, int status) {
        boolean counted = refusals.counts(status);
        RateReading before = node.read(now, false);
        if (counted) {
            node.count(now);
        }
        RateReading reading = counted && rates.countsAnswered() ? node.read(now, true) : before;
        return new Ruling(now, status, counted, reading, node.untilAdmitted(now));
    }
}
