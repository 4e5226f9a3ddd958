package io.keywane.demo;

import io.keywane.key.KeyMaterial;
import io.keywane.sandbox.ConsumerSummary;
import io.keywane.sandbox.KeySummary;
import io.keywane.sandbox.RequestFilter;
import io.keywane.sandbox.RequestPage;
import io.keywane.sandbox.RequestRecord;
import io.keywane.sandbox.SandboxControl;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/** The vendor's side: the dashboard, where a person makes and revokes keys, and what the API truly saw. */
final class Vendor {
    /** Lasts for the longest demonstration and its probes. */
    static final long BALANCE = 100_000;

    private final SandboxControl control;
    private final String organisationId;

    Vendor(SandboxControl control) {
        this.control = requireNonNull(control, "control is null");
        this.organisationId = control
                .createOrganisation(SandboxControl.NewOrganisation.of(Names.ORGANISATION, BALANCE)).id();
    }

    /**
     * A key as it was made.
     *
     * @param id its name in the ground truth
     */
    record NewKey(String id, KeyMaterial material) {
        NewKey {
            requireNonNull(id, "id is null");
            requireNonNull(material, "material is null");
        }
    }

    NewKey createKey(String dashboardName) {
        SandboxControl.CreatedKey key = control.createKey(SandboxControl.NewKey.of(organisationId, dashboardName));
        return new NewKey(key.id(), KeyMaterial.copyOf(key.value().getBytes(StandardCharsets.US_ASCII)));
    }

    void revoke(String keyId) {
        control.revokeKey(keyId);
    }

    long balance() {
        return control.organisations().stream().filter(organisation -> organisation.id().equals(organisationId))
                .findFirst().orElseThrow().balance();
    }

    /** What consumers have done with one key. */
    Use use(String keyId) {
        return control.summary().stream().filter(key -> key.keyId().equals(keyId)).findFirst().map(Vendor::use)
                .orElse(new Use(0, 0, 0));
    }

    /** How many requests on one key were answered with 401, whoever made them. */
    long refusals(String keyId) {
        return control.summary().stream().filter(key -> key.keyId().equals(keyId))
                .mapToLong(key -> key.statuses().getOrDefault(401, 0L)).sum();
    }

    /** What consumers have done with all keys, and with none. */
    Use useOfAllKeys() {
        return control.summary().stream().map(Vendor::use).reduce(new Use(0, 0, 0), Use::plus);
    }

    private static Use use(KeySummary key) {
        List<ConsumerSummary> ours = key.consumers().stream().filter(line -> isConsumer(line.consumer())).toList();
        return new Use(ours.stream().mapToLong(ConsumerSummary::requests).sum(),
                ours.stream().mapToLong(ConsumerSummary::refused).sum(), ours.size());
    }

    /**
     * Traffic of consumers.
     *
     * @param requests how many
     * @param refused how many of them were answered with any 4xx or 5xx
     * @param consumers how many consumers made them
     */
    record Use(long requests, long refused, int consumers) {
        Use plus(Use other) {
            return new Use(requests + other.requests, refused + other.refused, Math.max(consumers, other.consumers));
        }
    }

    /** When a consumer last made a request that the API counted on this key; Keywane's own probes are none. */
    Optional<Instant> lastUse(String keyId) {
        Optional<Instant> last = Optional.empty();
        RequestFilter filter = RequestFilter.ALL.withKeyId(keyId).withLimit(10_000);
        RequestPage page;
        do {
            page = control.requests(filter);
            last = page.requests().stream().filter(request -> request.counted() && isConsumer(request.consumer()))
                    .map(RequestRecord::at).reduce((_, later) -> later).or(keep(last));
            filter = filter.withAfter(page.nextAfter());
        } while (page.more());
        return last;
    }

    private static Supplier<Optional<Instant>> keep(Optional<Instant> value) {
        return () -> value;
    }

    private static boolean isConsumer(String name) {
        return name.startsWith(Names.CONSUMER_PREFIX);
    }
}
