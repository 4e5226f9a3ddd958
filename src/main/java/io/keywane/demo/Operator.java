package io.keywane.demo;

import io.keywane.control.Argument;
import io.keywane.control.ControlClient;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.KeyDetail;
import io.keywane.control.MutationResult;
import io.keywane.control.RotationStatus;
import io.keywane.control.Verb;
import io.keywane.control.VersionInfo;
import io.keywane.control.VersionSummary;
import io.keywane.key.KeyMaterial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The operator's side: what a person types, sent over the same socket. */
final class Operator {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ControlClient client;

    Operator(Path socket) {
        this.client = new ControlClient(socket, TIMEOUT);
    }

    /** Whether the daemon answers yet. */
    boolean isAnswered() {
        try {
            client.call(ControlRequest.of(Verb.VERSION)).resultAs(VersionInfo.class);
            return true;
        } catch (ControlException _) {
            return false;
        }
    }

    void importKey(KeyMaterial material, String dashboardName) {
        supply(Verb.KEYS_IMPORT, material, dashboardName);
    }

    void startRotation() {
        change(ControlRequest.of(Verb.ROTATION_START, Names.KEY));
    }

    void supplyKey(KeyMaterial material, String dashboardName) {
        supply(Verb.ROTATION_SUPPLY, material, dashboardName);
    }

    /** Tells that a version was revoked in the dashboard. */
    void confirmRevoked(String versionBrief) {
        change(ControlRequest.of(Verb.ROTATION_CONFIRM_REVOKED, Names.KEY).with(Argument.VERSION, versionBrief));
    }

    RotationStatus rotation() {
        return client.call(ControlRequest.of(Verb.ROTATION_STATUS, Names.KEY)).resultAs(RotationStatus.class);
    }

    /** One version of the key, revoked or not. */
    Optional<VersionSummary> version(String id) {
        return client.call(ControlRequest.of(Verb.KEYS_SHOW, Names.KEY)).resultAs(KeyDetail.class).versions().stream()
                .filter(version -> version.id().equals(id)).findFirst();
    }

    private void supply(Verb verb, KeyMaterial material, String dashboardName) {
        ControlRequest request = ControlRequest.of(verb, Names.KEY).with(Argument.DASHBOARD_NAME, dashboardName);
        client.call(complete(request), material).resultAs(MutationResult.class);
    }

    private void change(ControlRequest request) {
        client.call(complete(request)).resultAs(MutationResult.class);
    }

    private static ControlRequest complete(ControlRequest request) {
        return request.withReason("demonstration").withRequestId(UUID.randomUUID().toString());
    }
}
