package io.keywane.demo;

import io.keywane.control.RotationStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** Makes frames of what the API truly saw and what the daemon says. Not for use by several threads. */
final class Observer {
    private final Vendor vendor;
    private final ConsumerFleet fleet;
    private final Instant begun;
    private final String oldKeyId;
    private Optional<String> newKeyId = Optional.empty();
    private Vendor.Use oldUse = new Vendor.Use(0, 0, 0);
    private Vendor.Use newUse = new Vendor.Use(0, 0, 0);
    private long observed = System.nanoTime();

    Observer(Vendor vendor, ConsumerFleet fleet, Instant begun, String oldKeyId) {
        this.vendor = requireNonNull(vendor, "vendor is null");
        this.fleet = requireNonNull(fleet, "fleet is null");
        this.begun = requireNonNull(begun, "begun is null");
        this.oldKeyId = requireNonNull(oldKeyId, "oldKeyId is null");
    }

    void watchNewKey(String keyId) {
        newKeyId = Optional.of(keyId);
    }

    /** A frame while a rotation goes on. */
    Frame observe(RotationStatus status) {
        return observe(WaitText.state(status), WaitText.waitsFor(status));
    }

    /** A frame; rates are those since the last one. */
    Frame observe(String state, List<String> waitsFor) {
        Vendor.Use formerOld = oldUse;
        Vendor.Use formerNew = newUse;
        long former = observed;
        oldUse = vendor.use(oldKeyId);
        newUse = newKeyId.map(vendor::use).orElse(newUse);
        observed = System.nanoTime();
        double seconds = Math.max(1, observed - former) / 1e9;
        return new Frame(Duration.between(begun, Instant.now()), state, waitsFor,
                (oldUse.requests() - formerOld.requests()) / seconds,
                (newUse.requests() - formerNew.requests()) / seconds, newUse.consumers(), fleet.size(),
                fleet.requests(), fleet.refused(), vendor.balance());
    }
}
