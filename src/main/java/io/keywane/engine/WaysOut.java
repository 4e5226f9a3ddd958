package io.keywane.engine;

import io.keywane.key.Stage;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person may type to take a rotation further: for each reason for which it stands still, a way out. */
public final class WaysOut {
    private WaysOut() {}

    /** Commands that would take the key further, most fitting first, each with a remark in brackets where it needs one. */
    public static List<String> of(KeyReport report) {
        String key = report.settings().name().value();
        List<String> lines = new ArrayList<>();
        Optional<Rotation> open = report.state().openRotation();
        open.ifPresent(rotation -> lines.addAll(switch (rotation.reason()) {
            case PAUSED_BY_OPERATOR -> List.of("keywane rotation resume " + key);
            case WAITS_FOR_KEY, STARTED_BY_AGE, STARTED_BY_OPERATOR, STARTED_FOR_EMERGENCY ->
                List.of("keywane rotation supply " + key, "keywane rotation abort " + key);
            case WAITS_FOR_APPROVAL -> List.of("keywane rotation approve " + key, "keywane rotation abort " + key);
            case WAITS_FOR_SILENCE, WAITS_FOR_SWITCH, WAITS_FOR_WALLET ->
                List.of("keywane rotation waive " + key + " --gate " + firstMissing(report) + " --reason TEXT",
                        "keywane rotation rollback " + key);
            case WAITS_FOR_WINDOW -> List.of(window(report), "keywane rotation start " + key
                    + " --emergency --reason TEXT (does not wait)");
            case OLD_KEY_NOT_ACCEPTED -> List.of("keywane rotation resume " + key + " (gives the rollback up)",
                    "keywane rotation start " + key + " --emergency --reason TEXT");
            case CURRENT_REFUSED -> refused(rotation, key);
            case KEY_DIFFERS -> List.of("keywane rotation approve " + key + " (accepts the difference)",
                    "keywane rotation rollback " + key + " (puts the former key back)");
            case FOREIGN_CHANGE, STATE_BEHIND -> List.of("keywane rotation adopt " + key);
            case STORE_FAILING -> List.of("keywane doctor (it goes on by itself when the store works)");
            case WAITS_FOR_PROOF -> rotation.trigger() == Trigger.ROLLBACK ? another(key) : ifWrong(report, rotation);
            case WAITS_FOR_CALIBRATION, WAITS_FOR_PUBLICATION, WAITS_FOR_PROPAGATION,
                    WAITS_FOR_ROLLBACK_PROOF,
                    STARTED_FOR_ADOPTION, STARTED_FOR_ROLLBACK, KEY_SUPPLIED, KEY_ACCEPTED, PROMOTION_READ_BACK,
                    PUBLISHED, DRAIN_PROVEN, DRAIN_WAIVED, NOTHING_TO_DRAIN, FLAG_MARKED, REVOCATION_CONFIRMED,
                    KEY_REFUSED, NOT_CHOSEN, ABORTED_BY_OPERATOR, ROLLED_BACK_BY_OPERATOR, SUPERSEDED_BY_EMERGENCY,
                    SUPERSEDED_BY_ADOPTION, WRONG_KEY_REVOKED, USED_AFTER_FLAG, EVIDENCE_LOST, RESUMED ->
                List.<String>of(); // it goes on by itself
        }));
        report.foreign().ifPresent(_ -> lines.add("keywane rotation adopt " + key));
        if (open.isEmpty() && report.state().leaving().stream().anyMatch(v -> v.stage() == Stage.FLAGGED)) {
            lines.add(
                    "revoke the flagged key in the vendor's dashboard, then: keywane rotation confirm-revoked " + key);
        }
        return lines;
    }

    /** The former key may be refused, too; it goes on by itself if it is not. */
    private static List<String> another(String key) {
        return List
                .of("keywane rotation start " + key + " --emergency --reason TEXT (if the former key is revoked, too)");
    }

    /** A new key that is refused may be accepted later; where no other key is accepted either, only a person can tell. */
    private static List<String> ifWrong(KeyReport report, Rotation rotation) {
        boolean refused = switch (report.evidence().of(rotation.newVersion()).acceptance()) {
            case SUSPECTED, AMBIGUOUS, REFUSED -> true;
            case ACCEPTED, UNPROVEN -> false;
        };
        return refused && rotation.trigger() != Trigger.ADOPTION
                ? List.of("keywane rotation abort " + report.settings().name()
                        + " (if it is a wrong key; then start again and supply another)")
                : List.of();
    }

    private static List<String> refused(Rotation rotation, String key) {
        return rotation.trigger() == Trigger.ADOPTION
                ? List.of("keywane rotation rollback " + key + " (puts the former key back)",
                        "keywane rotation adopt " + key + " (once the store holds a key that the API accepts)")
                : List.of("keywane rotation rollback " + key, "keywane rotation start " + key
                        + " --emergency --reason TEXT");
    }

    private static String window(KeyReport report) {
        return report.settings().rotation().nextWindow(report.at().wall())
                .map(at -> "nothing: the next promotion window opens at " + at).orElse("nothing: it goes on by itself");
    }

    private static String firstMissing(KeyReport report) {
        return watched(report).stream().flatMap(v -> gates(report, v).stream()).filter(g -> !g.isOpen())
                .map(g -> g.gate().word()).findFirst().orElse("quiet");
    }

    /** The leaving version of the latest rotation, else the latest that leaves. */
    public static Optional<KeyVersion> watched(KeyReport report) {
        KeyState state = report.state();
        return state.rotation().flatMap(Rotation::oldVersion).flatMap(state::version).filter(v -> v.stage().isLeaving())
                .or(() -> state.leaving().stream().reduce((a, b) -> b));
    }

    /** How its gates stand; once it is drained, how they stood then. */
    public static List<GateReport> gates(KeyReport report, KeyVersion version) {
        return version.evidence().isEmpty() ? report.gates().getOrDefault(version.id(), List.of()) : version.evidence();
    }
}
