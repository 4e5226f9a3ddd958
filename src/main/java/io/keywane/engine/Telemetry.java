package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.Reason;
import io.keywane.rotation.RotationState;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;

/** Port: counts what happened. Gauges are read from the engine's views; nothing here decides anything. */
public interface Telemetry {
    void probed(KeyName key, Sample sample);

    /** Requests of others, estimated over the time since the former sample. */
    void foreignUse(KeyName key, UsagePoint point, double lo, double hi);

    /** A sample contradicted what was known of a window. */
    void contradicted(KeyName key, LimiterGroup group);

    void ownCredits(OrganisationName organisation, long credits);

    /** Credits that others consumed, and top-ups, since the former reading. */
    void wallet(OrganisationName organisation, long consumed, long toppedUp);

    void rotationEnded(KeyName key, RotationState state);

    void rotationFailed(KeyName key, RotationState phase, Reason reason);

    void storeRequest(StoreName store, String operation);

    void storeFailed(StoreName store, String operation, StoreFailure.Kind kind);

    /** The command that tells consumers of a publication was run. */
    void told(KeyName key, Intent.Outcome outcome);

    void auditFailed();

    /** A place to which alerts are pushed did not take them. */
    void notificationFailed(String sink);
}
