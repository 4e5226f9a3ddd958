package io.keywane.engine;

import io.keywane.alert.ActiveAlert;
import io.keywane.alert.AlertId;
import io.keywane.alert.Notice;
import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Pushes alerts to one place: all of them every minute to a place that forgets, each begin and end once to one that does
 * not. What fires, what ended of late and what was told is kept over restarts. One thread at a time.
 */
public final class AlertPush {
    /** How often everything is told again. */
    public static final Duration RESEND = Duration.ofSeconds(60);
    /** A place that did not answer is left alone for so long; so is one that is told once, so that news come together. */
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** How long an end is repeated, in case that a message was lost. */
    private static final Duration ENDED = Duration.ofMinutes(5);
    /** How long an end waits for a place that cannot be reached. */
    private static final Duration GIVEN_UP = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(AlertPush.class);

    private final Supplier<List<ActiveAlert>> source;
    private final StateStore states;
    private final HostClock clock;
    private final Telemetry telemetry;
    private final AlertSink sink;
    private final Map<String, String> kept = new HashMap<>();
    private final Map<AlertId, Notice> ended = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    private Map<AlertId, ActiveAlert> firing = new LinkedHashMap<>();
    private @Nullable Moment tried;
    private boolean failed;

    public AlertPush(
            Supplier<List<ActiveAlert>> source,
            StateStore states,
            HostClock clock,
            Telemetry telemetry,
            AlertSink sink) {
        this.source = requireNonNull(source, "source is null");
        this.states = requireNonNull(states, "states is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.telemetry = requireNonNull(telemetry, "telemetry is null");
        this.sink = requireNonNull(sink, "sink is null");
        try {
            AlertText.read(setting("firing")).forEach(alert -> firing.put(alert.id(), alert));
            setting("ended").lines().filter(line -> !line.isEmpty()).forEach(this::restoreEnded);
            setting("told").lines().filter(line -> !line.isEmpty()).forEach(told::add);
        } catch (RuntimeException e) {
            LOG.warn("what {} was told before is forgotten: {}", sink.name(), e.getMessage());
        }
    }

    private String setting(String part) {
        return states.setting(settingName(part)).orElse("");
    }

    private String settingName(String part) {
        return "push/" + sink.name() + "/" + part;
    }

    private void restoreEnded(String line) {
        int blank = line.indexOf(' ');
        ActiveAlert alert = AlertText.read(line.substring(blank + 1)).getFirst();
        ended.put(alert.id(), new Notice(alert, Optional.of(Instant.parse(line.substring(0, blank)))));
    }

    /** Looks at what fires, and tells the place what it is to be told now. */
    public void round() {
        Moment now = clock.now();
        look(now.wall());
        if (!failed || isDue(now, PAUSE)) {
            switch (sink.style()) {
                case REPEATED -> repeat(now);
                case ONCE -> tellOnce(now);
            }
        }
        keep();
    }

    private boolean isDue(Moment now, Duration span) {
        return tried == null || now.isAtLeastAfter(tried, span);
    }

    private void look(Instant now) {
        Map<AlertId, ActiveAlert> next = new LinkedHashMap<>();
        source.get().forEach(alert -> next.put(alert.id(), alert));
        firing.forEach((id, alert) -> ended.computeIfAbsent(id, _ -> new Notice(alert, Optional.of(now))));
        ended.keySet().removeAll(next.keySet());
        ended.values().removeIf(notice -> isOlder(notice, now, GIVEN_UP));
        firing = next;
    }

    private static boolean isOlder(Notice notice, Instant now, Duration span) {
        return notice.ended().filter(end -> !now.isBefore(end.plus(span))).isPresent();
    }

    private void repeat(Moment now) {
        List<Notice> notices = current();
        ended.values().stream().filter(notice -> !isOlder(notice, now.wall(), ENDED))
                .filter(notice -> !hasReturned(notice)).forEach(notices::add);
        Set<String> tokens = tokens(notices.stream());
        boolean changed = failed || !told.containsAll(tokens);
        if (!changed && !isDue(now, RESEND)) {
            return;
        }
        if (deliver(notices, now)) {
            told.clear();
            told.addAll(tokens);
        }
    }

    /** The place knows an alert by what it is about alone: that an earlier one ended would end the one that fires. */
    private boolean hasReturned(Notice notice) {
        return firing.values().stream().anyMatch(a -> a.alert().isSameAs(notice.active().alert()));
    }

    private void tellOnce(Moment now) {
        List<Notice> news = new ArrayList<>();
        current().stream().filter(notice -> notice.isNews() && !told.contains(notice.token())).forEach(news::add);
        ended.values().stream().filter(notice -> !told.contains(notice.token()))
                .filter(notice -> told.contains(begin(notice).token())).forEach(news::add);
        if (!news.isEmpty() && isDue(now, PAUSE) && deliver(news, now)) {
            told.addAll(tokens(news.stream()));
            told.retainAll(tokens(Stream.of(current().stream(), ended.values().stream(),
                    ended.values().stream().map(AlertPush::begin)).flatMap(notices -> notices)));
        }
    }

    private List<Notice> current() {
        return firing.values().stream().map(alert -> new Notice(alert, Optional.empty()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Notice begin(Notice notice) {
        return new Notice(notice.active(), Optional.empty());
    }

    private static Set<String> tokens(Stream<Notice> notices) {
        return notices.map(Notice::token).collect(Collectors.toSet());
    }

    private boolean deliver(List<Notice> notices, Moment now) {
        tried = now;
        try {
            sink.send(notices, now.wall());
            failed = false;
        } catch (IOException e) {
            failed = true;
            telemetry.notificationFailed(sink.name());
            LOG.warn("{} did not take {} alerts and is tried again: {}", sink.name(), notices.size(), e.getMessage());
        }
        return !failed;
    }

    private void keep() {
        keep("firing", firing.keySet().toString(), AlertText.write(List.copyOf(firing.values())));
        keep("ended", ended.keySet().toString(), ended.values().stream()
                .map(notice -> notice.ended().orElseThrow() + " " + AlertText.write(List.of(notice.active())))
                .collect(Collectors.joining("\n")));
        String text = told.stream().sorted().collect(Collectors.joining("\n"));
        keep("told", text, text);
    }

    private void keep(String part, String signature, String text) {
        if (signature.equals(kept.get(part))) {
            return;
        }
        try {
            states.setting(settingName(part), text);
            kept.put(part, signature);
        } catch (PersistenceException e) {
            LOG.warn("what {} was told could not be kept: {}", sink.name(), e.getMessage());
        }
    }
}
