package io.keywane.alert;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.Trigger;
import io.keywane.usage.RunOut;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which alerts fire: pure conditions over what is watched. What no longer holds no longer fires. */
public final class AlertRules {
    /** States that wait for a person by design; there, being long is no fault of Keywane's. */
    private static final Set<RotationState> WAITS_FOR_PEOPLE = EnumSet.of(RotationState.AWAITING_KEY);

    private static final Duration SOON = Duration.ofHours(4);
    private static final Duration DAYS = Duration.ofDays(3);
    /** So long the vendor may take until a revocation works everywhere. */
    private static final Duration REVOCATION_LAG = Duration.ofMinutes(5);
    /** One run that fails may be a consumer that just restarts. */
    private static final int VAIN_RUNS = 2;

    private final AlertThresholds thresholds;
    private final Moment now;

    private AlertRules(AlertThresholds thresholds, Moment now) {
        this.thresholds = thresholds;
        this.now = now;
    }

    /** Every alert that fires now. */
    public static List<Alert> evaluate(
            List<KeyWatch> keys, List<OrganisationWatch> organisations, AlertThresholds thresholds, Moment now) {
        AlertRules rules = new AlertRules(thresholds, now);
        List<Alert> firing = new ArrayList<>();
        organisations.forEach(organisation -> firing.addAll(rules.organisation(organisation)));
        keys.forEach(key -> firing.addAll(rules.key(key)));
        return List.copyOf(firing);
    }

    private List<Alert> organisation(OrganisationWatch watch) {
        return Stream
                .of(unreachable(watch), stripped(watch), low(watch), empty(watch), runOut(watch), unknownKey(watch))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Alert> unreachable(OrganisationWatch watch) {
        return watch.unreachable().map(why -> about(watch, AlertName.API_UNREACHABLE,
                "the API does not answer the public control request: " + why, "keywane doctor"));
    }

    private Optional<Alert> stripped(OrganisationWatch watch) {
        if (!watch.allRefused() || watch.unreachable().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(about(watch, AlertName.HEADER_STRIPPED,
                "every key is refused while the public control request works: either all keys were revoked, or a proxy"
                        + " strips the key header",
                "keywane doctor"));
    }

    private Optional<Alert> low(OrganisationWatch watch) {
        if (watch.balance().isEmpty() || watch.balance().getAsLong() >= watch.creditsLow()) {
            return Optional.empty();
        }
        return Optional.of(about(watch, AlertName.CREDITS_LOW, watch.balance().getAsLong()
                + " credits are left, fewer than the " + watch.creditsLow() + " of credits_low" + whose(watch),
                next(watch)));
    }

    private Optional<Alert> empty(OrganisationWatch watch) {
        boolean empty = watch.outOfCredits() || (watch.balance().isPresent() && watch.balance().getAsLong() <= 0);
        return empty
                ? Optional.of(about(watch, AlertName.OUT_OF_CREDITS,
                        "requests are refused for want of credit (402)" + whose(watch), next(watch)))
                : Optional.empty();
    }

    /** Under four hours a person is woken, under three days there is a ticket; an empty wallet has an alert of its own. */
    private Optional<Alert> runOut(OrganisationWatch watch) {
        if (empty(watch).isPresent()) {
            return Optional.empty();
        }
        Optional<Alert> soon = watch.runOutSoon().filter(r -> isWithin(r, SOON))
                .map(r -> about(watch, AlertName.CREDITS_RUN_OUT_SOON, sentence(watch, r), next(watch)));
        return soon.or(() -> watch.runOutInDays().filter(r -> isWithin(r, DAYS))
                .map(r -> about(watch, AlertName.CREDITS_RUN_OUT_IN_DAYS, sentence(watch, r), next(watch))));
    }

    private boolean isWithin(RunOut runOut, Duration span) {
        return runOut.expected().isBefore(now.wall().plus(span));
    }

    private String sentence(OrganisationWatch watch, RunOut runOut) {
        return String.format(Locale.ROOT,
                "the credits run out about %s (between %s and %s): %d are left and %.0f an hour are consumed%s",
                runOut.expected(), runOut.earliest(), runOut.latest(), watch.balance().orElse(0),
                runOut.creditsPerHour(), whose(watch));
    }

    /** The suspected key, where one explains most of what the wallet loses more than before. */
    private static String whose(OrganisationWatch watch) {
        return watch.attribution().map(a -> String.format(Locale.ROOT,
                "; most of the rise (%.0f %%) is that of key %s, from %.1f to %.1f requests a minute", 100 * a.share(),
                a.key(), a.before(), a.now())).orElse("");
    }

    private static String next(OrganisationWatch watch) {
        return watch.attribution().map(a -> "keywane usage " + a.key() + " --since 24h --plot")
                .orElse("keywane keys list");
    }

    private Optional<Alert> unknownKey(OrganisationWatch watch) {
        return watch.unknownUse().map(use -> about(watch, AlertName.UNKNOWN_KEY, use.credits()
                + " credits were used between " + use.from().wall() + " and " + use.to().wall()
                + ", while every known key was proven silent: a key outside of the inventory is in use",
                "keywane keys list"));
    }

    private List<Alert> key(KeyWatch watch) {
        List<Alert> firing = new ArrayList<>();
        rejected(watch).ifPresent(firing::add);
        stale(watch).ifPresent(firing::add);
        saturated(watch).ifPresent(firing::add);
        incident(watch).ifPresent(firing::add);
        closed(watch).ifPresent(firing::add);
        watch.state().openRotation().ifPresent(rotation -> rotation(watch, rotation).ifPresent(firing::add));
        foreign(watch).ifPresent(firing::add);
        pending(watch).ifPresent(firing::add);
        usedAgain(watch).ifPresent(firing::add);
        accepted(watch).ifPresent(firing::add);
        untold(watch).ifPresent(firing::add);
        return firing;
    }

    private Optional<Alert> rejected(KeyWatch watch) {
        boolean refused = watch.acceptance() == Acceptance.REFUSED || watch.acceptance() == Acceptance.AMBIGUOUS;
        if (!refused) {
            return Optional.empty();
        }
        String doubt = watch.acceptance() == Acceptance.AMBIGUOUS
                ? "; it is the organisation's only key, or all are refused: revoked, or the header is stripped by a proxy"
                : "";
        return Optional.of(about(watch, AlertName.KEY_REJECTED,
                "the API refuses the current key (401, confirmed by two more probes)" + doubt,
                "keywane keys show " + name(watch)));
    }

    private Optional<Alert> stale(KeyWatch watch) {
        Duration limit = watch.probeInterval().multipliedBy(thresholds.staleIntervals());
        boolean accountedFor = watch.acceptance() == Acceptance.REFUSED || watch.acceptance() == Acceptance.AMBIGUOUS;
        if (watch.state().current().isEmpty() || accountedFor || watch.sinceSuccess().compareTo(limit) <= 0) {
            return Optional.empty();
        }
        return Optional.of(about(watch, AlertName.PROBES_STALE,
                "no probe has succeeded for " + watch.sinceSuccess().toSeconds()
                        + " s; one is promised every " + watch.probeInterval().toSeconds() + " s",
                "keywane keys probe " + name(watch)));
    }

    private Optional<Alert> saturated(KeyWatch watch) {
        return watch.saturation().entrySet().stream().filter(e -> e.getValue() >= thresholds.saturation())
                .max(Map.Entry.comparingByValue())
                .map(e -> about(watch, AlertName.RATE_LIMIT_SATURATED, String.format(Locale.ROOT,
                        "%.0f %% of the %s limit is used up; the threshold is %.0f %%", 100 * e.getValue(), e.getKey(),
                        100 * thresholds.saturation()), "keywane usage " + name(watch) + " --since 6h"));
    }

    private Optional<Alert> closed(KeyWatch watch) {
        return watch.closedAfterUse().stream().sorted().findFirst().map(group -> about(watch, AlertName.PLAN_LIMITED,
                "the API answers 403 in group " + group
                        + ", which this key could use before: the plan does not cover it",
                "keywane keys probe " + name(watch)));
    }

    private Optional<Alert> incident(KeyWatch watch) {
        return watch.incident().filter(_ -> watch.maintenance().isEmpty())
                .map(incident -> new Alert(incident.alert(), Optional.of(name(watch)),
                        watch.organisation(), incident.sentence(watch.stepsPerMinute()),
                        "keywane alerts show " + AlertId.of(incident.alert(), name(watch).value(), incident.detected()),
                        Optional.of(incident.detected())));
    }

    private Optional<Alert> rotation(KeyWatch watch, Rotation rotation) {
        if (rotation.state() == RotationState.PARKED) {
            return Optional.of(about(watch, AlertName.ROTATION_PARKED, "the rotation is parked: "
                    + rotation.reason().sentence(), "keywane rotation status " + name(watch) + " --explain"));
        }
        if (rotation.trigger() == Trigger.AGE && rotation.state() == RotationState.AWAITING_KEY) {
            return Optional.of(about(watch, AlertName.ROTATION_DUE, rotation.reason().sentence(),
                    "keywane rotation supply " + name(watch)));
        }
        boolean waitsForPeople = WAITS_FOR_PEOPLE.contains(rotation.state()) || rotation.paused()
                || rotation.reason() == Reason.WAITS_FOR_APPROVAL;
        boolean stuck = !waitsForPeople
                && now.isAtLeastAfter(rotation.since(), thresholds.rotationStuck());
        return stuck
                ? Optional.of(about(watch, AlertName.ROTATION_STUCK, "the rotation is in "
                        + rotation.state() + " since " + rotation.since().wall() + ": " + rotation.reason().sentence(),
                        "keywane rotation status " + name(watch) + " --explain"))
                : Optional.empty();
    }

    private static Optional<Alert> foreign(KeyWatch watch) {
        return watch.foreign().map(reason -> about(watch, AlertName.FOREIGN_CHANGE, reason.sentence(),
                "keywane rotation adopt " + name(watch)));
    }

    private Optional<Alert> pending(KeyWatch watch) {
        Optional<KeyVersion> late = watch.state().versions().stream().filter(v -> v.stage() == Stage.FLAGGED)
                .filter(v -> now.isAtLeastAfter(v.since(), thresholds.revocationPending())).findFirst();
        return late.map(v -> about(watch, AlertName.REVOCATION_PENDING, "version " + v.id().brief() + v.publicPrefix()
                .map(prefix -> " (" + prefix + "...)").orElse("") + " may be revoked since " + v.since().wall()
                + " and is still accepted", "keywane rotation status " + name(watch)));
    }

    private Optional<Alert> usedAgain(KeyWatch watch) {
        return watch.usedAfterFlag().stream().findFirst().map(id -> about(watch, AlertName.FLAGGED_KEY_USED, "version "
                + id.brief() + " was used by others after it was flagged", "keywane rotation status " + name(watch)));
    }

    private static Optional<Alert> accepted(KeyWatch watch) {
        return watch.acceptedAfterRevocation().entrySet().stream()
                .filter(entry -> entry.getValue().compareTo(REVOCATION_LAG) >= 0)
                .max(Map.Entry.comparingByValue()).map(entry -> about(watch, AlertName.REVOKED_KEY_ACCEPTED, "version "
                        + entry.getKey().brief() + " was accepted by the API " + entry.getValue().toMinutes()
                        + " minutes after somebody said that it is revoked",
                        "keywane rotation confirm-revoked " + name(watch) + " --key-version "
                                + entry.getKey().brief()));
    }

    private static Optional<Alert> untold(KeyWatch watch) {
        return watch.untold().filter(untold -> untold.vain() >= VAIN_RUNS)
                .map(untold -> about(watch, AlertName.CONSUMERS_NOT_TOLD,
                        "the key was published, and " + untold.program()
                                + " could not tell its consumers in " + untold.vain() + " runs: " + untold.detail(),
                        "keywane rotation status " + name(watch)));
    }

    private static KeyName name(KeyWatch watch) {
        return watch.state().key();
    }

    private static Alert about(KeyWatch watch, AlertName name, String summary, String command) {
        return new Alert(name, Optional.of(name(watch)), watch.organisation(), summary, command, Optional.empty());
    }

    private static Alert about(OrganisationWatch watch, AlertName name, String summary, String command) {
        return new Alert(name, Optional.empty(), watch.name(), summary, command, Optional.empty());
    }
}
