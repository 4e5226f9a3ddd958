package io.keywane.usage.sim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.keywane.key.Moment;
import io.keywane.rotation.GateReport;
import io.keywane.usage.OwnFate;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.Sample;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Plays one scenario: probes as the engine would, and checks each claim against what the server knows. */
final class Simulation {
    private static final double TIMEOUT = 10;

    private final Scenario scenario;
    private final Consumer<String> trace;
    private final Consumer<Watch> onlooker;
    private final Draw draw;
    private final Host host;
    private final List<Watch> watches = new ArrayList<>();
    private final List<GroupServer> servers = new ArrayList<>();
    private final Truth truth;
    private double busyUntil;
    private int requests;

    private Simulation(
            Scenario scenario, Consumer<String> trace, Optional<ProofPolicy> remembered, Consumer<Watch> onlooker) {
        this.onlooker = onlooker;
        this.scenario = scenario;
        this.trace = trace;
        draw = new Draw(~scenario.seed());
        host = new Host(scenario.host());
        for (GroupPlan group : scenario.groups()) {
            GroupServer server = new GroupServer(group, scenario.serverClock(), scenario.network().staleDate(),
                    scenario.duration(), draw.fork());
            servers.add(server);
            if (group.watched()) {
                Watch watch = new Watch(group, server, scenario.conduct(), draw.between(0.0, 1.0), draw);
                watch.past = remembered.map(Watch.Past::new).orElse(null);
                watches.add(watch);
            }
        }
        truth = new Truth(scenario, host, watches, servers, trace);
    }

    static Outcome play(Scenario scenario) {
        return play(scenario, line -> {});
    }

    /** Plays a scenario and tells each step. */
    static Outcome play(Scenario scenario, Consumer<String> trace) {
        return new Simulation(scenario, trace, Optional.empty(), watch -> {}).play();
    }

    /** Plays a scenario as it is, for one who looks at a group after each of its samples. */
    static Outcome show(Scenario scenario, Consumer<Watch> onlooker) {
        return new Simulation(scenario, line -> {}, Optional.empty(), onlooker).play();
    }

    /** Plays a scenario for one who looks at a group after each of its samples, with all that came before. */
    static void watch(Scenario scenario, ProofPolicy policy, Consumer<Watch> onlooker) {
        new Simulation(scenario, line -> {}, Optional.of(policy), onlooker).play();
    }

    @CanIgnoreReturnValue
    private Outcome play() {
        while (true) {
            Watch due = watches.getFirst();
            for (Watch watch : watches) {
                due = watch.next < due.next ? watch : due;
            }
            double planned = Math.max(due.next, busyUntil);
            double time = host.up(planned);
            if (time >= scenario.duration()) {
                return explained(truth.close(requests));
            }
            if (time > planned) {
                crash(due, planned);
            }
            probe(due, time);
        }
    }

    /** The engine has it from the gate, whose words would take too long here. */
    private void tellTheEnd() {
        Optional<SilentSpan> common = watches.getFirst().account.silence();
        for (Watch watch : watches) {
            common = common.flatMap(span -> watch.account.silence().flatMap(span::intersect));
        }
        Optional<Moment> end = common.map(span -> span.from().plus(Knowing.seconds(scenario.quietPeriod())));
        watches.forEach(watch -> watch.provenBy(end));
    }

    /** What status would say at the end, as the gate has it and as the plan has it. */
    private Outcome explained(Outcome outcome) {
        Moment end = host.at(busyUntil);
        GateReport quiet = new FlagGate(Knowing.seconds(scenario.quietPeriod()), scenario.conduct().policy(),
                host.at(0))
                .quiet(watches.stream().map(watch -> watch.evidence(end)).toList(), end);
        outcome.quiet = quiet;
        outcome.uses = servers.getFirst().counted().upTo(scenario.duration());
        watches.forEach(watch -> watch.obstacle().ifPresent(outcome.obstacles::add));
        return outcome;
    }

    /** The daemon stopped with a probe under way: its entry stays without an outcome. */
    private void crash(Watch watch, double time) {
        if (draw.chance(0.5)) {
            return;
        }
        watch.open(entry(watch, time), time);
        if (draw.chance(0.5)) {
            watch.server.arrivesLate(time + draw.between(0.0, 0.4));
        }
    }

    private OwnRequest entry(Watch watch, double time) {
        return OwnRequest.opened("r" + requests++, FlagGate.OLD, watch.group, host.at(time));
    }

    private void probe(Watch watch, double time) {
        OwnRequest entry = entry(watch, time);
        watch.open(entry, time);
        NetworkPlan network = scenario.network();
        double arrival = time + flight();
        double fate = draw.between(0.0, 1.0);
        if ((fate -= network.lost()) < 0) {
            settle(watch, entry, null, time + TIMEOUT);
        } else if ((fate -= network.late()) < 0) {
            watch.server.arrivesLate(time + draw.between(TIMEOUT, 28.0));
            settle(watch, entry, null, time + TIMEOUT);
        } else if ((fate -= network.captive()) < 0) {
            settle(watch, entry, Answer.bare(arrival, 200, scenario.serverClock().at(arrival)), arrival + flight());
        } else if ((fate -= network.cached()) < 0 && watch.lastAnswer != null) {
            double age = draw.chance(0.5) ? time - watch.lastAnswer.at() : -1;
            settle(watch, entry, watch.lastAnswer.fromCache(age), arrival + flight());
        } else {
            reach(watch, entry, arrival, fate);
        }
    }

    private void reach(Watch watch, OwnRequest entry, double arrival, double fate) {
        NetworkPlan network = scenario.network();
        double left = fate - network.failed();
        if (left < 0 && draw.chance(0.5)) {
            settle(watch, entry, Answer.bare(arrival, 503, scenario.serverClock().at(arrival)), arrival + flight());
            return;
        }
        if (draw.chance(network.resent())) {
            watch.server.isResent(arrival + draw.between(-0.01, 0.3));
        }
        Answer answer = watch.server.answer(arrival);
        if (left < 0) {
            settle(watch, entry, Answer.bare(arrival, 503, answer.date()), arrival + flight());
        } else if (left - network.replyLost() < 0) {
            settle(watch, entry, null, arrival + TIMEOUT);
        } else {
            watch.lastAnswer = answer;
            settle(watch, entry, answer, arrival + flight());
        }
    }

    private double flight() {
        boolean slow = draw.chance(scenario.network().slow());
        return slow ? draw.between(0.5, 4.5) : draw.between(0.01, 0.25);
    }

    private void settle(Watch watch, OwnRequest entry, @Nullable Answer answer, double received) {
        busyUntil = received;
        Moment now = host.at(received);
        Sample sample = Samples.of(entry, now, answer);
        OwnFate fate = sample.fate();
        UsagePoint point = watch.take(entry.settle(fate, now), sample, draw.between(0.0, 1.0));
        truth.check(watch, answer, point, received);
        tellTheEnd();
        onlooker.accept(watch);
        trace.accept(Trace.line(scenario, watch, entry, answer, point, received));
    }
}
