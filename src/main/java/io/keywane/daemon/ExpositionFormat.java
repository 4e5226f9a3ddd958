package io.keywane.daemon;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.stream.Stream;

/** A form in which metrics are written. */
enum ExpositionFormat {
    PROMETHEUS_TEXT("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String mediaType;
    private final String contentType;

    ExpositionFormat(String mediaType, String contentType) {
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** OpenMetrics if the Accept header prefers it by name, else the text that everything reads. */
    static ExpositionFormat preferredBy(@Nullable String accept) {
        if (accept == null) {
            return PROMETHEUS_TEXT;
        }
        double open = weight(accept, OPEN_METRICS);
        return open > 0 && open >= weight(accept, PROMETHEUS_TEXT) ? OPEN_METRICS : PROMETHEUS_TEXT;
    }

    private static double weight(String accept, ExpositionFormat format) {
        return Stream.of(accept.toLowerCase(Locale.ROOT).split(",", -1)).map(part -> part.split(";", -1))
                .filter(part -> part[0].strip().equals(format.mediaType)).mapToDouble(ExpositionFormat::quality).max()
                .orElse(0);
    }

    private static double quality(String[] part) {
        for (String parameter : part) {
            if (parameter.strip().startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.strip().substring(2));
                } catch (NumberFormatException _) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
