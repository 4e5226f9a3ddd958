package io.keywane.evidence;

import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * All that a flag rests on. Holds no key, nor anything of one beyond its public prefix.
 *
 * @param claim which key, which replacement, and what is claimed
 * @param groups the limiter groups: their windows and the silence that is claimed
 * @param requests our own requests with the leaving key
 * @param samples what came back
 * @param wallet readings of the wallet
 * @param load the use of the old and of the new key by others
 */
public record EvidenceBundle(
        Claim claim,
        List<Group> groups,
        List<Request> requests,
        List<Sample> samples,
        List<Balance> wallet,
        List<Load> load) {
    public EvidenceBundle {
        requireNonNull(claim, "claim is null");
        groups = List.copyOf(groups);
        requests = List.copyOf(requests);
        samples = List.copyOf(samples);
        wallet = List.copyOf(wallet);
        load = List.copyOf(load);
    }

    /**
     * What is claimed.
     *
     * @param basis {@code proven}, or {@code waived} where a named person accepted that something is not proven
     * @param revoke the key that may be revoked
     * @param keep the key that must not be; null where none is in its place
     * @param published when consumers could first read the replacement
     */
    public record Claim(
            Instant madeAt,
            String keywane,
            String key,
            String organisation,
            Basis basis,
            Version revoke,
            @Nullable Version keep,
            Moment published,
            Required required,
            List<Gate> gates,
            List<Waiver> waivers,
            List<Assumption> assumptions) {
        public Claim {
            gates = List.copyOf(gates);
            waivers = List.copyOf(waivers);
            assumptions = List.copyOf(assumptions);
        }
    }

    /** What a flag rests on. */
    public enum Basis {
        PROVEN, WAIVED
    }

    /** How people find a key in the vendor's dashboard. */
    public record Version(
            String id, @Nullable String dashboardName, @Nullable String publicPrefix, Instant takenIn) {}

    /** What the policy asks. */
    public record Required(
            Duration quietPeriod, Duration propagationDelay, double switchShare, boolean served) {}

    /** How a gate stood. */
    public record Gate(String gate, boolean met, boolean waived, String required, String known, String missing) {}

    /** A gate that a named person opened. */
    public record Waiver(String gate, String by, String reason, @Nullable Instant at) {}

    /** What no header can show. */
    public record Assumption(String name, String text) {}

    /**
     * A limiter group.
     *
     * @param from the begin of the silence that is claimed; null where none is
     * @param to its end
     */
    public record Group(String group, List<Window> windows, @Nullable Moment from, @Nullable Moment to) {
        public Group {
            windows = List.copyOf(windows);
        }

        Optional<Window> window(long limit) {
            return windows.stream().filter(window -> window.limit() == limit).findFirst();
        }
    }

    /**
     * How a window counts.
     *
     * @param origin {@code declared} by the operator, or {@code calibrated}
     * @param since when it was calibrated
     */
    public record Window(
            long limit,
            Duration length,
            String kind,
            Duration tolerance,
            boolean countsAnswered,
            String reset,
            String origin,
            @Nullable Instant since) {}

    /** A request of our own: {@code counted} for certain, {@code unknown}, or {@code pending}. */
    public record Request(String id, String group, Moment sent, String fate, @Nullable Moment settled) {}

    /** An answer, or the end of waiting for one (status 0). */
    public record Sample(
            String request,
            String group,
            Moment sent,
            Moment received,
            int status,
            @Nullable Long limit,
            @Nullable Long remaining,
            @Nullable Instant reset,
            @Nullable Instant date) {}

    /** A wallet's balance. */
    public record Balance(Instant at, long balance) {}

    /**
     * What others did in one window.
     *
     * @param of {@code old}: the leaving key before it was replaced; {@code new}: its replacement since
     */
    public record Load(String of, String group, Moment at, long lo, long hi, Duration window, Duration covered) {}
}
