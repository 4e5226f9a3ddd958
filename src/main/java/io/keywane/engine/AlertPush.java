package io.keywane.engine;

import static java.util.Objects.requireNonNull;

import io.keywane.alert.ActiveAlert;
import io.keywane.alert.AlertId;
import io.keywane.alert.Notice;
import io.keywane.key.Moment;
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

/**
 * Pushes alerts to where people are told: all of them every minute to places that forget, each begin and end once to those
 * that do not. What fires, what ended of late and who was told is kept over restarts. One thread at a time.
 */
public final class AlertPush {
    /** How often everything is told again. */
    public static final Duration RESEND = Duration.ofSeconds(60);
    /** How long an end is repeated, in case that a message was lost. */
    private static final Duration ENDED = Duration.ofMinutes(5);
    /** How long an end waits for a place that cannot be reached. */
    private static final Duration GIVEN_UP = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(AlertPush.class);
    private static final String FIRING = "push/firing";
    private static final String OVER = "push/ended";
    private static final String TOLD = "push/told/";

    private final Supplier<List<ActiveAlert>> source;
    private final StateStore states;
    private final HostClock clock;
    private final Telemetry telemetry;
    private final List<AlertSink> sinks;
    private final Map<String, Moment> lastSent = new HashMap<>();
    private final Map<String, Set<String>> told = new HashMap<>();
    private final Map<String, String> kept = new HashMap<>();
    private Map<AlertId, ActiveAlert> firing = new LinkedHashMap<>();
    private final Map<AlertId, Notice> ended = new LinkedHashMap<>();

    public AlertPush(
            Supplier<List<ActiveAlert>> source,
            StateStore states,
            HostClock clock,
            Telemetry telemetry,
            List<AlertSink> sinks) {
        this.source = requireNonNull(source, "source is null");
        this.states = requireNonNull(states, "states is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.telemetry = requireNonNull(telemetry, "telemetry is null");
        this.sinks = List.copyOf(sinks);
        AlertText.read(states.setting(FIRING).orElse("")).forEach(alert -> firing.put(alert.id(), alert));
        states.setting(OVER).orElse("").lines().filter(line -> !line.isEmpty()).forEach(this::restoreEnded);
        for (AlertSink sink : sinks) {
            told.put(sink.name(), states.setting(TOLD + sink.name()).orElse("").lines()
                    .collect(Collectors.toCollection(HashSet::new)));
        }
    }

    private void restoreEnded(String line) {
        int blank = line.indexOf(' ');
        ActiveAlert alert = AlertText.read(line.substring(blank + 1)).getFirst();
        ended.put(alert.id(), new Notice(alert, Optional.of(Instant.parse(line.substring(0, blank)))));
    }

    /** Looks at what fires, and tells whoever is to be told now. */
    public void round() {
        Moment now = clock.now();
        look(now.wall());
        for (AlertSink sink : sinks) {
            switch (sink.style()) {
                case REPEATED -> repeat(sink, now);
                case ONCE -> tellOnce(sink, now);
            }
        }
        keep();
    }

    private void look(Instant now) {
        Map<AlertId, ActiveAlert> next = new LinkedHashMap<>();
        source.get().forEach(alert -> next.put(alert.id(), alert));
        firing.forEach((id, alert) -> {
            if (!next.containsKey(id)) {
                ended.put(id, new Notice(alert, Optional.of(now)));
            }
        });
        ended.keySet().removeAll(next.keySet());
        ended.values().removeIf(notice -> isOlder(notice, now, GIVEN_UP));
        firing = next;
    }

    private static boolean isOlder(Notice notice, Instant now, Duration span) {
        return notice.ended().filter(end -> !now.isBefore(end.plus(span))).isPresent();
    }

    private void repeat(AlertSink sink, Moment now) {
        Moment before = lastSent.get(sink.name());
        boolean changed = !told.getOrDefault(sink.name(), Set.of()).equals(tokens());
        if (before != null && !changed && !now.isAtLeastAfter(before, RESEND)) {
            return;
        }
        List<Notice> notices = new ArrayList<>();
        firing.values().forEach(alert -> notices.add(new Notice(alert, Optional.empty())));
        ended.values().stream().filter(notice -> !isOlder(notice, now.wall(), ENDED)).forEach(notices::add);
        lastSent.put(sink.name(), now);
        if (deliver(sink, notices, now)) {
            told.put(sink.name(), tokens());
        }
    }

    private Set<String> tokens() {
        Set<String> tokens = new HashSet<>();
        firing.values().forEach(alert -> tokens.add(new Notice(alert, Optional.empty()).token()));
        ended.values().forEach(notice -> tokens.add(notice.token()));
        return tokens;
    }

    private void tellOnce(AlertSink sink, Moment now) {
        Set<String> known = told.computeIfAbsent(sink.name(), _ -> new HashSet<>());
        List<Notice> news = new ArrayList<>();
        firing.values().stream().map(alert -> new Notice(alert, Optional.empty()))
                .filter(notice -> notice.isNews() && !known.contains(notice.token())).forEach(news::add);
        ended.values().stream().filter(notice -> !known.contains(notice.token()))
                .filter(notice -> known.contains(new Notice(notice.active(), Optional.empty()).token()))
                .forEach(news::add);
        Moment before = lastSent.get(sink.name());
        boolean tooSoon = before != null && !now.isAtLeastAfter(before, RESEND.dividedBy(6));
        if (news.isEmpty() || tooSoon) {
            return;
        }
        lastSent.put(sink.name(), now);
        if (deliver(sink, news, now)) {
            news.forEach(notice -> known.add(notice.token()));
            Set<String> living = tokens();
            firing.values().forEach(alert -> living.add(new Notice(alert, Optional.empty()).token()));
            ended.values().forEach(notice -> living.add(new Notice(notice.active(), Optional.empty()).token()));
            known.retainAll(living);
        }
    }

    private boolean deliver(AlertSink sink, List<Notice> notices, Moment now) {
        try {
            sink.send(notices, now.wall());
            return true;
        } catch (IOException e) {
            telemetry.notificationFailed(sink.name());
            LOG.warn("{} did not take {} alerts and is tried again: {}", sink.name(), notices.size(), e.getMessage());
            return false;
        }
    }

    private void keep() {
        keep(FIRING, firing.keySet().toString(), AlertText.write(List.copyOf(firing.values())));
        keep(OVER, ended.keySet().toString(), ended.values().stream()
                .map(notice -> notice.ended().orElseThrow() + " " + AlertText.write(List.of(notice.active())))
                .collect(Collectors.joining("\n")));
        told.forEach((sink, tokens) -> {
            String text = tokens.stream().sorted().collect(Collectors.joining("\n"));
            keep(TOLD + sink, text, text);
        });
    }

    private void keep(String name, String signature, String text) {
        if (signature.equals(kept.get(name))) {
            return;
        }
        try {
            states.setting(name, text);
            kept.put(name, signature);
        } catch (PersistenceException e) {
            LOG.warn("who was told of which alerts could not be kept: {}", e.getMessage());
        }
    }
}
