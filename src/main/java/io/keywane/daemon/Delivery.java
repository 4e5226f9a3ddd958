package io.keywane.daemon;

import io.keywane.engine.AlertPush;
import io.keywane.engine.AlertSink;
import io.keywane.engine.Engine;
import io.keywane.engine.Ports;
import io.keywane.engine.PushSettings;
import io.keywane.provider.AlertmanagerSink;
import io.keywane.provider.Heartbeat;
import io.keywane.provider.WebhookSink;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings alerts to the places that the configuration names, as it is now: a reload takes effect with the next round. Each
 * place is served on its own, so that one that does not answer holds up no other.
 */
final class Delivery {
    static final String WEBHOOK = "webhook";
    static final String HEARTBEAT = "heartbeat";
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Engine engine;
    private final Ports ports;
    private final Loops loops;
    private PushSettings served = PushSettings.NONE;
    private Map<String, AlertPush> places = Map.of();

    private Delivery(Engine engine, Ports ports, Loops loops) {
        this.engine = engine;
        this.ports = ports;
        this.loops = loops;
    }

    static void start(Engine engine, Ports ports, Loops loops) throws SchedulerException {
        Delivery delivery = new Delivery(engine, ports, loops);
        loops.add("push", TICK, delivery::push);
        loops.add(HEARTBEAT, AlertPush.RESEND, delivery::beat);
    }

    /** The names of the places, as metrics show them. */
    static List<String> names(PushSettings settings) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < settings.alertmanagers().size(); i++) {
            names.add(member(i));
        }
        settings.webhook().ifPresent(_ -> names.add(WEBHOOK));
        settings.heartbeat().ifPresent(_ -> names.add(HEARTBEAT));
        return names;
    }

    private static String member(int index) {
        return "alertmanager_" + index;
    }

    private PushSettings settings() {
        return engine.settings().alerts().push();
    }

    private void push() {
        PushSettings settings = settings();
        if (!settings.equals(served)) {
            places = places(settings);
            served = settings;
        }
        places.forEach((name, push) -> loops.startNamed("push/" + name, push::round));
    }

    private Map<String, AlertPush> places(PushSettings settings) {
        List<AlertSink> sinks = new ArrayList<>();
        for (int i = 0; i < settings.alertmanagers().size(); i++) {
            sinks.add(new AlertmanagerSink(member(i), settings.alertmanagers().get(i)));
        }
        settings.webhook().ifPresent(file -> sinks.add(new WebhookSink(WEBHOOK, file, settings.template())));
        Map<String, AlertPush> pushes = new LinkedHashMap<>();
        sinks.forEach(sink -> pushes.put(sink.name(),
                new AlertPush(engine::alerts, ports.states(), ports.clock(), ports.telemetry(), sink)));
        return pushes;
    }

    /** Who waits for it is to raise the alarm also where the daemon runs and makes no progress. */
    private void beat() {
        settings().heartbeat().filter(_ -> loops.isHealthy())
                .ifPresent(file -> loops.startNamed(HEARTBEAT, () -> beat(new Heartbeat(file))));
    }

    private void beat(Heartbeat heartbeat) {
        try {
            heartbeat.beat();
        } catch (IOException e) {
            ports.telemetry().notificationFailed(HEARTBEAT);
            LOG.warn("nobody heard the heartbeat: {}", e.getMessage());
        }
    }
}
