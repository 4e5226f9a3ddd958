package io.keywane.usage.sim;

import io.keywane.usage.sim.Consumer.Habit;
import io.keywane.usage.sim.LimiterPlan.Display;
import io.keywane.usage.sim.LimiterPlan.ResetStyle;
import io.keywane.usage.sim.LimiterPlan.Window;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** One limiter group of the server while a scenario is played, and the truth of who used it. Time only goes forward. */
final class GroupServer {
    private static final int US = -1;
    private static final int RESENT = -2;

    private final LimiterPlan plan;
    private final ClockPlan dates;
    private final double staleDate;
    private final ClockPlan clock;
    private final List<Consumer> consumers;
    private final Arrivals arrivals;
    private final Draw draw;
    private final PriorityQueue<Extra> extras = new PriorityQueue<>(Comparator.comparingDouble(Extra::at));
    private final Deque<Lagging> lagging = new ArrayDeque<>();
    private final Counter[][] nodes;
    private final Times counted = new Times();
    private final Times unseen = new Times();
    private int turn;
    private int wiped;

    private record Extra(double at, int client) {}

    private record Lagging(double visible, double stamp, int node, boolean foreign, boolean upgraded) {}

    GroupServer(GroupPlan group, ClockPlan dates, double staleDate, double end, Draw draw) {
        this.plan = group.limiter();
        this.dates = dates;
        this.staleDate = staleDate;
        this.clock = group.limiterClock();
        this.consumers = group.consumers();
        this.draw = draw;
        arrivals = Arrivals.of(consumers, end, draw);
        nodes = new Counter[plan.nodes()][];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = plan.windows().stream().map(w -> Counter.of(plan.kind(), w.length())).toArray(Counter[]::new);
        }
    }

    /** When requests of others were counted. */
    Times counted() {
        return counted;
    }

    /** When others used the key without being counted. */
    Times unseen() {
        return unseen;
    }

    /** A request of ours arrives later than its answer is waited for. */
    void arrivesLate(double at) {
        extras.add(new Extra(at, US));
    }

    /** The client sends a request of ours a second time by itself. */
    void isResent(double at) {
        extras.add(new Extra(at, RESENT));
    }

    /** Answers one of our own requests. */
    Answer answer(double time) {
        advance(time);
        mimic(time);
        return serve(time, US);
    }

    private void mimic(double time) {
        for (int i = 0; i < consumers.size(); i++) {
            Consumer consumer = consumers.get(i);
            double back = time + plan.windows().getFirst().length() + draw.between(-4.0, 4.0);
            if (consumer.habit() == Habit.MIMIC && back > consumer.from() && back < consumer.to()
                    && draw.chance(1 / consumer.period())) {
                extras.add(new Extra(back, i));
            }
        }
    }

    /** Lets everything happen that happens up to a time, in order. */
    void advance(double to) {
        while (true) {
            double extra = extras.isEmpty() ? Double.POSITIVE_INFINITY : extras.peek().at();
            double next = Math.min(Math.min(arrivals.nextTime(), extra), nextWipe());
            if (next > to) {
                show(to);
                return;
            }
            if (next == nextWipe()) {
                wipe(next);
            } else if (next == extra) {
                serve(next, extras.remove().client());
            } else {
                serve(next, arrivals.take());
            }
        }
    }

    private double nextWipe() {
        return wiped < plan.wipes().size() ? plan.wipes().get(wiped) : Double.POSITIVE_INFINITY;
    }

    private void wipe(double time) {
        show(time);
        wiped++;
        for (Counter[] node : nodes) {
            for (Counter counter : node) {
                counter.wipe();
            }
        }
    }

    private void show(double time) {
        while (!lagging.isEmpty() && lagging.peek().visible() <= time) {
            Lagging late = lagging.remove();
            // A window that is over takes no more requests.
            double stamp = plan.kind().isRolling() ? late.stamp() : limiterTime(late.visible());
            add(late.node(), stamp, late.foreign(), late.upgraded());
        }
    }

    private void add(int node, double stamp, boolean foreign, boolean upgraded) {
        for (int i = 0; i < nodes[node].length; i++) {
            nodes[node][i].add(stamp, foreign, limit(i, upgraded));
        }
    }

    private long limit(int window, boolean upgraded) {
        Window of = plan.windows().get(window);
        return upgraded ? of.upgraded() : of.limit();
    }

    /** The limiter's clock, which is off from the server's Date only where a scenario says so. */
    private double limiterTime(double time) {
        return dates.at(time) + clock.at(time) - time;
    }

    /** What the Date header says: a server may renew it less often than it answers. */
    private double date(double time) {
        return dates.at(time) - (staleDate > 0 ? draw.between(0.0, staleDate) : 0);
    }

    private Answer serve(double time, int client) {
        show(time);
        double now = limiterTime(time);
        boolean foreign = client != US;
        if (time < plan.opens()) {
            return Answer.bare(time, 403, date(time));
        }
        if (client >= 0 && consumers.get(client).refused()) {
            unseen.add(time);
            return Answer.bare(time, 402, date(time));
        }
        boolean upgraded = plan.isUpgraded(time);
        int node = node(client);
        boolean full = isFull(node, now, upgraded);
        if (full && !plan.refusedCounted()) {
            return Answer.bare(time, 429, date(time));
        }
        if (foreign) {
            counted.add(time);
        }
        return full ? refuse(time, now, node, foreign, upgraded) : admit(time, now, node, foreign, upgraded);
    }

    private Answer refuse(double time, double now, int node, boolean foreign, boolean upgraded) {
        add(node, now, foreign, upgraded);
        return Answer.bare(time, 429, date(time));
    }

    private Answer admit(double time, double now, int node, boolean foreign, boolean upgraded) {
        Answer before = foreign || plan.after()
                ? Answer.bare(time, 200, date(time))
                : shown(time, now, node, upgraded, 0);
        boolean lags = plan.lag() > 0 && (foreign || plan.ownLags());
        if (lags) {
            lagging.add(new Lagging(time + plan.lag(), now, node, foreign, upgraded));
        } else {
            add(node, now, foreign, upgraded);
        }
        return foreign || !plan.after() ? before : shown(time, now, node, upgraded, lags ? 1 : 0);
    }

    private boolean isFull(int node, double now, boolean upgraded) {
        for (int i = 0; i < nodes[node].length; i++) {
            if (nodes[node][i].used(now, limit(i, upgraded)) >= limit(i, upgraded)) {
                return true;
            }
        }
        return false;
    }

    private int node(int client) {
        return switch (plan.routing()) {
            case ONE_COUNTER -> 0;
            case STICKY -> (client + 7) % nodes.length;
            case ROUND_ROBIN -> turn++ % nodes.length;
        };
    }

    private Answer shown(double time, double now, int node, boolean upgraded, int answered) {
        int window = display(node, now, upgraded);
        Counter counter = nodes[node][window];
        long limit = limit(window, upgraded);
        long used = counter.used(now, limit) + answered;
        boolean chosen = plan.kind().isRolling() && plan.reset() == ResetStyle.NOW_PLUS_WINDOW;
        double reset = chosen ? now + counter.length : counter.reset(now);
        return new Answer(time, 200, limit, Math.max(0, limit - used), reset, date(time), -1, counter.foreign(now),
                used);
    }

    private int display(int node, double now, boolean upgraded) {
        int last = nodes[node].length - 1;
        if (plan.display() != Display.TIGHTEST) {
            return plan.display() == Display.SHORTEST ? 0 : last;
        }
        int tightest = 0;
        double most = -1;
        for (int i = 0; i <= last; i++) {
            double share = (double) nodes[node][i].used(now, limit(i, upgraded)) / limit(i, upgraded);
            if (share > most) {
                most = share;
                tightest = i;
            }
        }
        return tightest;
    }
}
