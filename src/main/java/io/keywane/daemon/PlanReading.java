package io.keywane.daemon;

import io.keywane.control.ControlRequest;
import io.keywane.control.PlanResult;
import io.keywane.control.PlanResult.Step;
import io.keywane.control.TypedCommand;
import io.keywane.engine.Plan;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.Action;
import io.keywane.rotation.Forecast;
import io.keywane.rotation.Forecast.Event;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.StoreView;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in words what a plan would do. */
final class PlanReading {
    private static final Optional<String> NONE = Optional.empty();

    private final Plan plan;

    private PlanReading(Plan plan) {
        this.plan = plan;
    }

    static PlanResult of(ControlRequest request, Plan plan, String undo, List<String> warnings) {
        PlanReading reading = new PlanReading(plan);
        Forecast forecast = plan.forecast();
        List<String> heeded = new ArrayList<>(warnings);
        if (plan.store().isEmpty()) {
            heeded.add("the store cannot be read now, so what would follow from it is not known");
        }
        return new PlanResult(plan.settings().name().value(), request.verb().wireName(), plan.id().text(),
                stands(forecast.before()), state(forecast.before()), plan.store().map(StoreView::revision),
                forecast.events().stream().map(reading::step).toList(), reading.consumers(), stands(forecast.last()),
                state(forecast.last()), undo, TypedCommand.of(request) + " --plan " + plan.id().text(), heeded);
    }

    private static Optional<String> state(KeyState state) {
        return state.rotation().map(r -> WireVersions.word(r.state()));
    }

    private static String stands(KeyState state) {
        return state.rotation().map(r -> WireVersions.word(r.state()) + ": " + r.reason().sentence())
                .orElse("no rotation yet");
    }

    private Step step(Event event) {
        return switch (event) {
            case Event.Turn turn -> new Step("rotation",
                    turn.from().map(from -> "goes from " + WireVersions.word(from) + " to ").orElse("is opened in ")
                            + WireVersions.word(turn.to()) + ": " + turn.reason().sentence(),
                    turn.from().map(WireVersions::word), Optional.of(WireVersions.word(turn.to())),
                    Optional.of(turn.reason().word()), NONE);
            case Event.Noted noted -> new Step("rotation", noted.note().sentence(), NONE, NONE, NONE, NONE);
            case Event.VersionTurn turn -> new Step("version",
                    turn.version().brief() + turn.from().map(from -> " goes from " + WireVersions.word(from) + " to ")
                            .orElse(" is taken in as ") + WireVersions.word(turn.to()),
                    turn.from().map(WireVersions::word), Optional.of(WireVersions.word(turn.to())),
                    Optional.of(turn.reason().word()), Optional.of(turn.version().brief()));
            case Event.Stored stored -> about("store", stored.version(),
                    "takes " + stored.version().brief() + " into custody and is read back; consumers do not read it");
            case Event.Effect effect -> effect(effect.action());
            case Event.Presumed presumed -> about("api", presumed.version(), "is asked: what follows needs "
                    + presumed.version().brief() + " to be " + (presumed.acceptance() == Acceptance.REFUSED
                            ? "refused"
                            : "accepted"));
        };
    }

    private static Step effect(Action action) {
        VersionId version = action.version();
        String brief = version.brief();
        return switch (action) {
            case Action.Probe _ -> about("api", version, "is asked with " + brief);
            case Action.Promote promote -> about("store", version, "serves " + brief
                    + " to consumers, if it is still at revision " + promote.revision());
            case Action.Publish _ -> about("host", version, brief + " is published on this host");
            case Action.KeepEvidence _ -> about("evidence", version, "the bundle that a flag of " + brief
                    + " rests on is kept");
            case Action.Mark mark -> about("store", version, mark.flagged()
                    ? "marks " + brief + " \"revoke me\", which is reversible"
                    : "takes the mark \"revoke me\" off " + brief);
            case Action.Release _ -> about("store", version, "ends its custody of " + brief + ", which is revoked");
        };
    }

    private static Step about(String on, VersionId version, String text) {
        return new Step(on, text, NONE, NONE, NONE, Optional.of(version.brief()));
    }

    private List<String> consumers() {
        Forecast forecast = plan.forecast();
        if (plan.store().isEmpty()) {
            return List.of("read what the store serves, which cannot be seen now");
        }
        String read = forecast.served().map(id -> "read " + id.brief()).orElse("read no key");
        if (forecast.served().equals(forecast.servedLast())) {
            return List.of(read + ", and go on to");
        }
        int at = 1 + promotion(forecast.events());
        Duration delay = plan.settings().rotation().propagationDelay();
        List<String> lines = new ArrayList<>();
        lines.add(read + " until step " + at + ", then " + forecast.servedLast().map(VersionId::brief).orElse("none")
                + "; a copy of the former may be in use for "
                + delay.toString().substring(2).toLowerCase(Locale.ROOT) + " more");
        return lines;
    }

    private static int promotion(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Event.Effect effect && effect.action() instanceof Action.Promote) {
                return i;
            }
        }
        return events.size();
    }
}
