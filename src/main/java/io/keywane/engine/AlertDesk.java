package io.keywane.engine;

import io.keywane.alert.Acknowledgement;
import io.keywane.alert.ActiveAlert;
import io.keywane.alert.Alert;
import io.keywane.alert.AlertId;
import io.keywane.key.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The alerts that fire, kept over restarts, with who has taken them on. After a start, what fired before is held until
 * there was time to see whether it still does. Safe for use by several threads.
 */
final class AlertDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);
    private static final String KEPT = "alerts/active";

    private final Ports ports;
    private final Moment started;
    private final Duration held;
    private List<ActiveAlert> active;
    private String written;

    /** @param held how long after the start an alert of before is not taken for ended */
    AlertDesk(Ports ports, Moment started, Duration held) {
        this.ports = ports;
        this.started = started;
        this.held = held;
        this.active = restored(ports.states().setting(KEPT).orElse(""));
        this.written = signature(active);
    }

    /** What is worth a write to disk: which alerts fire and who has taken them on, not the words that change all the time. */
    private static String signature(List<ActiveAlert> alerts) {
        return alerts.stream().map(a -> a.id() + " " + a.acknowledged()).sorted().collect(Collectors.joining("\n"));
    }

    private static List<ActiveAlert> restored(String text) {
        try {
            return AlertText.read(text);
        } catch (IllegalArgumentException e) {
            LOG.warn("the alerts of before are forgotten: {}", e.getMessage());
            return List.of();
        }
    }

    synchronized List<ActiveAlert> active() {
        return active;
    }

    synchronized void update(List<Alert> firing, Moment now) {
        List<ActiveAlert> before = active;
        List<ActiveAlert> next = new ArrayList<>(ActiveAlert.update(before, firing, now));
        if (!now.isAtLeastAfter(started, held)) {
            before.stream().filter(b -> isGone(b, next)).forEach(next::add);
        }
        active = List.copyOf(next);
        active.stream().filter(a -> isGone(a, before))
                .forEach(a -> LOG.warn("{} fires: {}", a.alert().name().alertName(), a.alert().summary()));
        before.stream().filter(b -> isGone(b, active))
                .forEach(b -> LOG.info("{} has ended", b.alert().name().alertName()));
        keep();
    }

    private static boolean isGone(ActiveAlert alert, List<ActiveAlert> from) {
        return from.stream().noneMatch(other -> other.alert().isSameAs(alert.alert()));
    }

    /** Somebody takes an alert on; empty where no such alert fires. */
    synchronized Optional<ActiveAlert> acknowledge(AlertId id, Operator operator) {
        Optional<ActiveAlert> found = active.stream().filter(a -> a.id().equals(id)).findFirst();
        found.ifPresent(alert -> {
            Moment now = ports.clock().now();
            ActiveAlert taken = alert
                    .acknowledged(new Acknowledgement(operator.actor(), now.wall(), operator.reason()));
            ports.states().audit(List.of(new AuditEntry(now.wall(), operator.actor(), "alert.acknowledge",
                    alert.alert().key(), operator.reason(), operator.requestId(), Map.of("alert", id.value(), "name",
                            alert.alert().name().alertName()))));
            active = active.stream().map(a -> a.id().equals(id) ? taken : a).toList();
            keep();
        });
        return found;
    }

    private void keep() {
        String what = signature(active);
        if (what.equals(written)) {
            return;
        }
        try {
            ports.states().setting(KEPT, AlertText.write(active));
            written = what;
        } catch (PersistenceException e) {
            LOG.warn("the alerts that fire could not be kept: {}", e.getMessage());
        }
    }
}
