package io.keywane.engine;

import io.keywane.alert.Acknowledgement;
import io.keywane.alert.ActiveAlert;
import io.keywane.alert.Alert;
import io.keywane.alert.AlertName;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The alerts that fire as text of the durable state, one line each. */
final class AlertText {
    private static final int FIELDS = 12;
    private static final String NONE = "-";

    private AlertText() {}

    static String write(List<ActiveAlert> alerts) {
        return alerts.stream().map(AlertText::line).collect(Collectors.joining("\n"));
    }

    static List<ActiveAlert> read(String text) {
        return text.lines().filter(line -> !line.isEmpty()).map(AlertText::alert).toList();
    }

    private static String line(ActiveAlert active) {
        Alert alert = active.alert();
        Optional<Acknowledgement> by = active.acknowledged();
        return String.join(" ", alert.name().name(), alert.key().map(KeyName::value).orElse(NONE),
                alert.organisation().value(), coded(alert.summary()), coded(alert.command()),
                alert.began().map(Instant::toString).orElse(NONE), active.since().boot(),
                Long.toString(active.since().sinceBoot().toNanos()), active.since().wall().toString(),
                by.map(a -> coded(a.by())).orElse(NONE), by.map(a -> a.at().toString()).orElse(NONE),
                by.map(a -> coded(a.why())).orElse(NONE));
    }

    private static ActiveAlert alert(String line) {
        String[] f = line.split(" ", -1);
        if (f.length != FIELDS) {
            throw new IllegalArgumentException("an alert has " + f.length + " fields and should have " + FIELDS);
        }
        Alert alert = new Alert(AlertName.valueOf(f[0]), present(f[1]).map(KeyName::new), new OrganisationName(f[2]),
                plain(f[3]), plain(f[4]), present(f[5]).map(Instant::parse));
        Moment since = new Moment(f[6], Duration.ofNanos(Long.parseLong(f[7])), Instant.parse(f[8]));
        return new ActiveAlert(alert, since,
                present(f[9]).map(by -> new Acknowledgement(plain(by), Instant.parse(f[10]), plain(f[11]))));
    }

    private static Optional<String> present(String field) {
        return field.equals(NONE) ? Optional.empty() : Optional.of(field);
    }

    /** Starts with a dot, so that an empty text is told from none. */
    private static String coded(String text) {
        return "." + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String field) {
        return new String(Base64.getDecoder().decode(field.substring(1)), StandardCharsets.UTF_8);
    }
}
