package io.keywane.daemon;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** The registry behind {@code /metrics}, with all that feeds it. */
public final class Metrics implements AutoCloseable {
    /** The most series shown at once where nothing else is asked for; enough for about 800 keys in two groups. */
    public static final int DEFAULT_CAP = 100_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MicrometerTelemetry telemetry;

    /**
     * @param version of this build
     * @param cap the most series shown at once
     * @param gauges asked once for each scrape
     */
    public Metrics(String version, int cap, Supplier<GaugeSnapshot> gauges) {
        SeriesCap series = new SeriesCap(cap, registry);
        telemetry = new MicrometerTelemetry(registry, series);
        registry.getPrometheusRegistry().register(new Gauges(version, series, gauges));
    }

    public MicrometerTelemetry telemetry() {
        return telemetry;
    }

    /** All series in the given exposition format. */
    byte[] scrape(ExpositionFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            registry.scrape(bytes, format.contentType());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write metrics to memory", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        registry.close();
    }
}
