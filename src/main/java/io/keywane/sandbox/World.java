package io.keywane.sandbox;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Everything the API remembers: organisations, keys, faults and the ground truth. A reset replaces the whole world,
 * so that nothing of the old one is left.
 */
final class World {
    static final String NO_KEY = "none";
    static final String UNKNOWN_KEY = "unknown";

    private final SandboxSettings settings;
    private final InstantSource clock;
    private final KeyGenerator generator;
    private final FaultSwitch faults;
    private final GroundTruth truth;
    private final AnswerCache cache = new AnswerCache();
    private final KeyRegistry keys = new KeyRegistry();
    private final Map<String, Account> accounts = new ConcurrentSkipListMap<>(World::byNumber);
    private final Map<String, KeyTally> strangers = Map.of(NO_KEY, new KeyTally(), UNKNOWN_KEY, new KeyTally());
    private final AtomicInteger accountNumbers = new AtomicInteger();
    private final AtomicInteger keyNumbers = new AtomicInteger();

    World(SandboxSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.generator = new KeyGenerator(settings.seed());
        this.faults = new FaultSwitch(settings.seed());
        this.truth = new GroundTruth(settings.groundTruthCapacity());
    }

    SandboxSettings settings() {
        return settings;
    }

    /** Milliseconds, as all recorded times have. */
    InstantSource clock() {
        return clock;
    }

    FaultSwitch faults() {
        return faults;
    }

    AnswerCache cache() {
        return cache;
    }

    GroundTruth truth() {
        return truth;
    }

    Optional<ApiKey> keyByValue(String value) {
        return keys.byValue(value);
    }

    void record(RequestRecord request, Optional<ApiKey> key) {
        truth.append(request);
        key.map(ApiKey::tally).or(() -> Optional.ofNullable(strangers.get(request.keyId())))
                .ifPresent(tally -> tally.add(request));
    }

    Account createAccount(SandboxControl.NewOrganisation organisation) {
        String id = "org-" + accountNumbers.incrementAndGet();
        FeedPlan plan = organisation.feedPlan() == null ? settings.feedPlan() : organisation.feedPlan();
        Account account = new Account(id, organisation.name(), organisation.balance(), plan,
                settings.rates());
        accounts.put(id, account);
        return account;
    }

    Account account(String id) {
        Account account = accounts.get(id);
        if (account == null) {
            throw new SandboxControlException(404, "there is no organisation " + id);
        }
        return account;
    }

    List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    /** Under the same lock as the making of keys, so that none is left with the former settings. */
    synchronized void changeRates(String organisationId, RateSettings rates) {
        Account account = account(organisationId);
        account.change(rates);
        keys.all().stream().filter(key -> key.account().equals(account)).forEach(key -> key.change(rates));
    }

    synchronized SandboxControl.CreatedKey createKey(SandboxControl.NewKey wanted) {
        Account account = account(wanted.organisationId());
        int number = keyNumbers.incrementAndGet();
        String id = "key-" + number;
        String name = wanted.name() == null || wanted.name().isBlank() ? id : wanted.name();
        Instant acceptedFrom = clock.instant().plus(wanted.acceptedAfter());
        String value = generator.value(number);
        keys.add(number, value, new ApiKey(id, wanted.organisationId(), name, account, acceptedFrom,
                settings.refusals()));
        return new SandboxControl.CreatedKey(id, wanted.organisationId(), name, value);
    }

    SandboxControl.Key revoke(String keyId) {
        ApiKey key = key(keyId);
        key.revoke(clock.instant());
        return key.view();
    }

    SandboxControl.Key wipeCounters(String keyId) {
        ApiKey key = key(keyId);
        key.wipeCounters();
        return key.view();
    }

    private ApiKey key(String keyId) {
        return keys.byId(keyId).orElseThrow(() -> new SandboxControlException(404, "there is no key " + keyId));
    }

    List<SandboxControl.Key> keyViews() {
        return keys.all().stream().map(ApiKey::view).toList();
    }

    List<KeySummary> summary() {
        List<KeySummary> lines = new ArrayList<>();
        keys.all().forEach(key -> lines.add(key.tally().summary(key.view())));
        for (String stranger : List.of(UNKNOWN_KEY, NO_KEY)) {
            Optional.ofNullable(strangers.get(stranger)).map(tally -> tally.summary(strangerView(stranger)))
                    .filter(line -> line.requests() > 0).ifPresent(lines::add);
        }
        return lines;
    }

    private static SandboxControl.Key strangerView(String name) {
        return new SandboxControl.Key(name, NO_KEY, name, Instant.EPOCH, null);
    }

    private static int byNumber(String one, String other) {
        int byLength = Integer.compare(one.length(), other.length());
        return byLength == 0 ? one.compareTo(other) : byLength;
    }
}
