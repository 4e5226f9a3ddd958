package io.keywane.engine;

import io.keywane.engine.PlanId.Facet;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Moment;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.Evidence;
import io.keywane.rotation.Foresight;
import io.keywane.rotation.Foresight.Surroundings;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.PromotionWindow;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationPolicy;
import io.keywane.rotation.StoreView;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes plans, and tells whether one still fits. Changes nothing. */
final class Plans {
    private final Ports ports;
    private final Ids ids;
    private final EvidenceGatherer gatherer;
    private final Scripts scripts;

    Plans(Ports ports, Ids ids, EvidenceGatherer gatherer, Scripts scripts) {
        this.ports = ports;
        this.ids = ids;
        this.gatherer = gatherer;
        this.scripts = scripts;
    }

    /**
     * What a change would do.
     *
     * @throws RefusedException where the state does not allow it
     */
    Plan of(KeyWatcher watcher, Change change, Operator operator) {
        Moment now = ports.clock().now();
        KeyState state = watcher.state();
        KeySettings settings = watcher.settings();
        Evidence evidence = gatherer.gather(watcher, now);
        Foresight foresight = new Foresight(state, evidence, settings.rotation(),
                new Surroundings(settings.publish().isPresent(), settings.calibration().enabled()), now);
        for (Part part : scripts.of(change, state, operator)) {
            switch (part) {
                case Part.Move move -> foresight.become(move.change().apply(foresight.state()));
                case Part.Stage stage -> foresight.stored(stage.version());
                case Part.Prove prove -> {
                    foresight.presume(prove.version(), Acceptance.REFUSED);
                    state.current().ifPresent(current -> foresight.presume(current.id(), Acceptance.ACCEPTED));
                }
            }
        }
        return new Plan(id(watcher, change, evidence.store()), settings, evidence.store(), foresight.lookAhead());
    }

    /**
     * Makes sure that what a plan was made on has not changed.
     *
     * @throws RefusedException naming what has
     */
    void require(KeyWatcher watcher, Change change, Plan.Agreed plan) {
        Optional<StoreView> view = view(watcher);
        List<String> moved = plan.id().differences(id(watcher, change, view)).stream()
                .map(facet -> moved(facet, watcher.state(), view)).toList();
        if (!moved.isEmpty()) {
            throw new RefusedException("nothing was done, because plan " + plan.id().text() + " does not fit any more: "
                    + String.join("; ", moved), "look again: " + plan.again());
        }
    }

    private Optional<StoreView> view(KeyWatcher watcher) {
        try {
            return Optional.of(ports.store().view(watcher.name));
        } catch (StoreException _) {
            return Optional.empty();
        }
    }

    private static String moved(Facet facet, KeyState state, Optional<StoreView> view) {
        return switch (facet) {
            case REQUEST -> "it was made for another command, other arguments or another key value";
            case ROTATION -> "the rotation has moved, " + state.rotation().map(r -> "and is now in " + r.state() + ": "
                    + r.reason().sentence()).orElse("and there is none");
            case VERSIONS -> "the versions of the key have changed, and are now " + state.versions().stream()
                    .map(v -> v.id().brief() + " " + v.stage()).collect(Collectors.joining(", "));
            case STORE -> "the store has changed, " + view.map(v -> "and is now at revision " + v.revision()
                    + v.current().map(id -> ", where consumers read " + id.brief()).orElse("")).orElse(
                            "or cannot be read");
            case POLICY -> "the key's policy or place in the configuration has changed";
        };
    }

    private PlanId id(KeyWatcher watcher, Change change, Optional<StoreView> view) {
        KeyState state = watcher.state();
        Map<Facet, String> texts = new EnumMap<>(Facet.class);
        texts.put(Facet.REQUEST, state.key() + "\n" + request(state, change));
        texts.put(Facet.ROTATION, state.rotation().map(Plans::text).orElse(""));
        texts.put(Facet.VERSIONS, state.versions().stream()
                .map(v -> v.id() + " " + v.stage() + " " + v.served() + " " + v.waived())
                .collect(Collectors.joining("\n")));
        texts.put(Facet.STORE, view.map(v -> v.revision() + " " + v.current()).orElse("unreadable"));
        texts.put(Facet.POLICY, text(watcher.settings()));
        return PlanId.of(texts);
    }

    private String request(KeyState state, Change change) {
        return switch (change) {
            case Change.TakeFirst first -> "first " + valued(state, first.material()) + first.dashboardName();
            case Change.Supply supply -> "supply " + valued(state, supply.material()) + supply.dashboardName();
            case Change.Start _,Change.Approve _,Change.Pause _,Change.Resume _,Change.Abort _,Change.Rollback _,Change.Adopt _,Change.Waive _,Change.ConfirmRevoked _ ->
                change.toString();
        };
    }

    private String valued(KeyState state, KeyMaterial material) {
        return ids.version(state.key(), material) + " ";
    }

    private static String text(Rotation rotation) {
        return String.join("\n", rotation.id(), rotation.trigger().name(), rotation.state().name(),
                rotation.parkedFrom().map(from -> from + " " + rotation.reason()).orElse(""),
                rotation.newVersion().toString(), rotation.approvedBy().toString(),
                rotation.paused() + " " + rotation.rollback(), rotation.waivers().toString());
    }

    /** Not the record's own text, in which sets stand in another order after each start. */
    private static String text(KeySettings settings) {
        RotationPolicy policy = settings.rotation();
        return String.join("\n", String.valueOf(policy.maxAge()), String.valueOf(policy.approvalRequired()),
                String.valueOf(policy.propagationDelay()), String.valueOf(policy.quiet()),
                String.valueOf(policy.switchShare()), String.valueOf(policy.verifyPatience()),
                String.valueOf(policy.proof()),
                policy.windows().stream().map(PromotionWindow::text).collect(Collectors.joining(",")),
                String.valueOf(settings.publish()), String.valueOf(settings.store()),
                String.valueOf(settings.calibration()));
    }
}
