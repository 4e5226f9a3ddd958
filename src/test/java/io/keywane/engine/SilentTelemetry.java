package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.Reason;
import io.keywane.rotation.RotationState;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;

import java.util.ArrayList;
import java.util.List;

/** Remembers how rotations ended; nothing else is asked of it here. */
final class SilentTelemetry implements Telemetry {
    final List<RotationState> ended = new ArrayList<>();
    final List<Intent.Outcome> tellings = new ArrayList<>();
    int contradictions;
    int auditFailures;

    @Override
    public void probed(KeyName key, Sample sample) {}

    @Override
    public void foreignUse(KeyName key, UsagePoint point, double lo, double hi) {}

    @Override
    public void contradicted(KeyName key, LimiterGroup group) {
        contradictions++;
    }

    @Override
    public void ownCredits(OrganisationName organisation, long credits) {}

    @Override
    public void wallet(OrganisationName organisation, long consumed, long toppedUp) {}

    @Override
    public void rotationEnded(KeyName key, RotationState state) {
        ended.add(state);
    }

    @Override
    public void rotationFailed(KeyName key, RotationState phase, Reason reason) {}

    @Override
    public void storeRequest(StoreName store, String operation) {}

    @Override
    public void storeFailed(StoreName store, String operation, StoreFailure.Kind kind) {}

    @Override
    public void told(KeyName key, Intent.Outcome outcome) {
        tellings.add(outcome);
    }

    @Override
    public void auditFailed() {
        auditFailures++;
    }

    @Override
    public void notificationFailed(String sink) {}
}
