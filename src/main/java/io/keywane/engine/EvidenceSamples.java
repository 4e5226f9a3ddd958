package io.keywane.engine;

import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Hole;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Window;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.GroupEvidence;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnFate;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import io.keywane.usage.SilentSpan;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ledger and samples of a version that a silence rests on: those of its time, and as far before it as a window that was
 * shown reaches, so that no own request is missing in any window.
 */
final class EvidenceSamples {
    /** Longer than any window with its tolerance. */
    private static final Duration LONGEST = Duration.ofHours(31);
    private static final Duration FLIGHT = Duration.ofMinutes(1);
    private static final Duration LEAST = Duration.ofMinutes(20);
    /** How far a wall clock may have been moved between two boots without hiding a request. */
    private static final Duration WALL_SLACK = Duration.ofMinutes(5);

    private final KeyWatcher watcher;
    private final VersionId version;
    private final Optional<SilentSpan> silence;
    private final List<OwnRequest> ledger;
    private final List<Sample> samples;

    EvidenceSamples(Ports ports, KeyWatcher watcher, KeyVersion version, Optional<SilentSpan> silence, Moment now) {
        this.watcher = watcher;
        this.version = version.id();
        this.silence = silence;
        Moment from = silence.map(SilentSpan::from).orElse(now.plus(LEAST.negated()));
        Instant earliest = from.wall().minus(LONGEST).minus(WALL_SLACK);
        List<Sample> all = ports.history().samples(version.id(), earliest);
        Duration reach = reach(all, from);
        this.ledger = ports.ledger().since(version.id(), earliest).stream()
                .filter(entry -> isSince(entry.sent(), from, reach)).toList();
        Set<String> asked = ledger.stream().map(OwnRequest::id).collect(Collectors.toSet());
        this.samples = all.stream().filter(sample -> asked.contains(sample.request())).toList();
    }

    /** How far before the silence the windows reach that were shown in it. */
    private Duration reach(List<Sample> all, Moment from) {
        Duration reach = LEAST;
        for (LimiterGroup group : watcher.read(version, VersionWatch::groups).orElse(Set.of())) {
            Set<Long> shown = all.stream().filter(s -> s.group().equals(group))
                    .filter(s -> isSince(s.sent(), from, LEAST)).flatMap(s -> s.headers().rateLimit().stream())
                    .map(RateLimitReading::limit).collect(Collectors.toSet());
            for (KnownWindow window : known(group)) {
                Duration length = window.model().length().plus(window.model().tolerance()).plus(FLIGHT);
                reach = shown.contains(window.model().limit()) && length.compareTo(reach) > 0 ? length : reach;
            }
        }
        return reach;
    }

    private static boolean isSince(Moment at, Moment from, Duration reach) {
        return at.boot().equals(from.boot())
                ? at.sinceBoot().compareTo(from.sinceBoot().minus(reach)) >= 0
                : !at.wall().isBefore(from.wall().minus(reach).minus(WALL_SLACK));
    }

    private List<KnownWindow> known(LimiterGroup group) {
        return watcher.read(version, watch -> watch.known(group)).orElse(List.of());
    }

    /** The groups with the part of their silence that is common to all. */
    List<Group> groups(List<GroupEvidence> groups) {
        return groups.stream().map(group -> {
            List<Window> windows = known(group.group()).stream().map(EvidenceSamples::window).toList();
            Optional<SilentSpan> span = silence
                    .flatMap(common -> group.silence().flatMap(own -> own.intersect(common)));
            return new Group(group.group().value(), windows, span.map(SilentSpan::from).orElse(null),
                    span.map(SilentSpan::to).orElse(null),
                    span.map(SilentSpan::holes).orElse(List.of()).stream().filter(h -> group.silence()
                            .filter(own -> own.holes().contains(h)).isPresent())
                            .map(h -> new Hole(h.cause().word(), h.from(), h.to(), h.unexplained())).toList());
        }).toList();
    }

    private static Window window(KnownWindow known) {
        return new Window(known.model().limit(), known.model().length(), EvidenceWriter.word(known.model().kind()),
                known.model().tolerance(), known.model().countsAnswered(),
                EvidenceWriter.word(known.model().reset()), EvidenceWriter.word(known.origin()),
                known.since().orElse(null));
    }

    /** A request that was counted but whose answer was lost with the process proves nothing any more. */
    List<Request> requests() {
        Set<String> sampled = samples.stream().map(Sample::request).collect(Collectors.toCollection(HashSet::new));
        return ledger.stream().map(entry -> {
            boolean isShown = entry.fate() != OwnFate.COUNTED || sampled.contains(entry.id());
            OwnFate fate = isShown ? entry.fate() : OwnFate.UNKNOWN;
            return new Request(entry.id(), entry.group().value(), entry.sent(), EvidenceWriter.word(fate),
                    entry.settled().orElse(null));
        }).toList();
    }

    List<io.keywane.evidence.EvidenceBundle.Sample> samples() {
        return samples.stream().map(EvidenceSamples::sample).toList();
    }

    private static io.keywane.evidence.EvidenceBundle.Sample sample(Sample sample) {
        AnswerHeaders headers = sample.headers();
        Optional<RateLimitReading> rate = headers.rateLimit();
        return new io.keywane.evidence.EvidenceBundle.Sample(sample.request(), sample.group().value(), sample.sent(),
                sample.received(), sample.status(), EvidenceWriter.word(sample.outcome()),
                rate.map(RateLimitReading::limit).orElse(null), rate.map(RateLimitReading::remaining).orElse(null),
                rate.map(RateLimitReading::reset).orElse(null), headers.date().orElse(null));
    }
}
