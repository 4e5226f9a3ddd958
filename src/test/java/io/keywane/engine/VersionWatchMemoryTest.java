package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.HeaderNames;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.PlanBook;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import io.keywane.usage.WindowModel;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much memory all that is known of a key version takes: the heap's growth by many of them, each built from objects of
 * its own as the daemon builds them. Alone in its time, for others' garbage would be counted with it.
 */
@Isolated
class VersionWatchMemoryTest {
    private static final List<LimiterGroup> GROUPS = List.of(new LimiterGroup("general"), new LimiterGroup("feed"));
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration KEPT = Duration.ofHours(31);
    private static final int FEW = 100;
    private static final long QUIET_KEY = 4_096;
    private static final long FURTHER_REQUEST = 16;
    /** The last samples, others' use step by step, and what is otherwise known of a version. */
    private static final long REST = 3_072;

    @ParameterizedTest
    @CsvSource({"PT24H, 1116", "PT1H, 342", "PT1M, 24"})
    void quietVersion_afterTwoDays_takesLittle(Duration window, int period) {
        int samples = Math.toIntExact(Duration.ofDays(2).toSeconds() / period);
        long entries = KEPT.toSeconds() / period;
        int versions = Math.clamp(400_000 / samples, 100, 1_000);
        ProviderProfile profile = profile(window);
        long all = each(versions, () -> watch(profile, window, period, samples));
        long accounts = each(versions, () -> accounts(profile, window, period, samples));
        long allowed = QUIET_KEY + 2 * FURTHER_REQUEST * Math.max(0, entries - FEW);
        System.out.printf(Locale.ROOT,
                "window %s, a probe every %d s, %d own requests kept a group: accounts %d bytes of"
                        + " %d, all that is known of the version %d%n",
                window, period, entries, accounts, allowed, all);

        assertThat(accounts).isLessThanOrEqualTo(allowed);
        assertThat(all).isLessThanOrEqualTo(allowed + REST);
    }

    private static long each(int versions, Supplier<Object> maker) {
        Object[] kept = new Object[versions];
        // What is loaded once is not counted.
        Object first = maker.get();
        assertThat(first).isNotNull();
        long before = used();
        Arrays.setAll(kept, _ -> maker.get());
        long each = (used() - before) / versions;
        assertThat(kept).doesNotContainNull();
        return each;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Object watch(ProviderProfile profile, Duration window, int period, int samples) {
        VersionWatch watch = new VersionWatch(new VersionId("0123456789abcdef0123456789abcdef"), profile,
                group -> new PlanBook(profile.windows(group), List.of(), List.of()));
        GROUPS.forEach(group -> feed(group, window, period, samples, watch::enter,
                sample -> watch.observe(sample, ProofPolicy.STRICT)));
        return watch;
    }

    /** What the promise is about: the accounts of both groups, with the ledger's entries and the intervals. */
    private static Object accounts(ProviderProfile profile, Duration window, int period, int samples) {
        List<KnownWindow> known = profile.windows(GROUPS.getFirst()).stream().map(KnownWindow::declared).toList();
        VersionId id = new VersionId("0123456789abcdef0123456789abcdef");
        List<GroupAccount> accounts = GROUPS.stream().map(group -> new GroupAccount(id, group, () -> known)).toList();
        for (int group = 0; group < GROUPS.size(); group++) {
            GroupAccount account = accounts.get(group);
            feed(GROUPS.get(group), window, period, samples, account::enter, account::observe);
            assertThat(account.silence()).isPresent();
        }
        return accounts;
    }

    private static void feed(LimiterGroup group, Duration window, int period, int samples,
            Consumer<OwnRequest> ledger, Consumer<Sample> observer) {
        VersionId id = new VersionId("0123456789abcdef0123456789abcdef");
        long counted = window.toSeconds() / period + 1;
        for (int i = 0; i < samples; i++) {
            long second = (long) period * (i + 1);
            OwnRequest entry = OwnRequest.opened(Long.toString(second + 1_000_000_000_000L), id, group,
                    moment(second, 0));
            ledger.accept(entry);
            long inside = Math.min(i + 1, counted);
            Instant date = BEGIN.plusSeconds(second);
            Instant reset = date.minusSeconds((inside - 1) * period).plus(window);
            Sample sample = new Sample(entry.id(), id, group, ProbeKind.LIVENESS, entry.sent(),
                    moment(second, 160_000_000), 200, ProbeOutcome.VALID, Optional.empty(),
                    new AnswerHeaders(Optional.of(new RateLimitReading(10_000, 10_000 - inside, reset)),
                            Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.of(date),
                            Optional.empty()));
            ledger.accept(entry.settle(sample.fate(), sample.received()));
            observer.accept(sample);
        }
    }

    private static Moment moment(long second, long nanos) {
        return new Moment("boot-1", Duration.ofSeconds(second, nanos), BEGIN.plusSeconds(second).plusNanos(nanos));
    }

    private static ProviderProfile profile(Duration window) {
        Map<LimiterGroup, ProviderProfile.GroupProfile> groups = new HashMap<>();
        WindowModel model = new WindowModel(10_000, window, Kind.ROLLING, Duration.ofSeconds(2), true,
                ResetMeaning.OLDEST_PLUS_WINDOW);
        GROUPS.forEach(group -> groups.put(group,
                new ProviderProfile.GroupProfile(new ProviderProfile.RequestTemplate("GET", "/" + group),
                        List.of(model))));
        return new ProviderProfile(URI.create("https://api.example"), "X-Api-Key", names(), groups,
                new ProviderProfile.BalanceProbe(new ProviderProfile.RequestTemplate("GET", "/balance"),
                        GROUPS.getFirst(), 1),
                new ProviderProfile.RequestTemplate("GET", "/control"));
    }

    private static HeaderNames names() {
        return new HeaderNames(List.of("L"), List.of("R"), List.of("S"), List.of("D"), List.of("B"), List.of("W"));
    }
}
