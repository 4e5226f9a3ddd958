package io.keywane.sandbox;

import io.keywane.key.KeyName;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;

/**
 * A running stand-in for the vendor's API with its control API, both on loopback only. Its keys work nowhere else.
 * Thread-safe; closing it ends both and removes the files it wrote.
 */
public final class Sandbox implements SandboxControl, AutoCloseable {
    private static final String FIRST_ORGANISATION = "sandbox";
    /** Credits; lasts for months of probes. */
    private static final long FIRST_BALANCE = 100_000;

    private final SandboxSettings settings;
    private final InstantSource clock;
    private final StateDirectory directory;
    private final String token = StateDirectory.newToken();
    private final HttpServer api;
    private final HttpServer control;
    private volatile World world;

    private Sandbox(SandboxSettings settings, InstantSource clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.directory = StateDirectory.create(settings.stateDirectory());
        World start = new World(settings, clock);
        this.world = start;
        DateStamp date = new DateStamp(clock);
        Catalogue catalogue = Catalogue.create(settings.seed(), start.clock().instant());
        this.api = HttpServer.start("api", settings.port(), new ApiHandler(() -> world, new Api(catalogue), date));
        this.control = startControl(date);
    }

    /**
     * Starts a sandbox on the machine's clock.
     *
     * @throws IOException if a port is taken or the state directory can't be written
     */
    public static Sandbox start(SandboxSettings settings) throws IOException {
        return start(settings, Clock.systemUTC());
    }

    /** Starts a sandbox whose limiters, Date header and ground truth go by that clock. */
    public static Sandbox start(SandboxSettings settings, InstantSource clock) throws IOException {
        Sandbox sandbox = new Sandbox(settings, clock);
        try {
            sandbox.directory.write(sandbox.token,
                    new StateDirectory.Endpoints(sandbox.baseUrl(), sandbox.controlUrl()));
            return sandbox;
        } catch (IOException e) {
            sandbox.close();
            throw e;
        }
    }

    /**
     * Makes an organisation with a key of each name, and writes each key to {@code NAME.key} in the state directory.
     *
     * @throws IOException if a file can't be written
     */
    void createKeyFiles(List<KeyName> names) throws IOException {
        String organisation = createOrganisation(NewOrganisation.of(FIRST_ORGANISATION, FIRST_BALANCE)).id();
        for (KeyName name : names) {
            directory.writeKey(name, createKey(NewKey.of(organisation, name.value())).value());
        }
    }

    public URI baseUrl() {
        return api.url();
    }

    public URI controlUrl() {
        return control.url();
    }

    /** Holds {@code control-token} and {@code endpoints.json}. */
    public Path stateDirectory() {
        return directory.folder();
    }

    /** The bearer token of the control API. */
    public String controlToken() {
        return token;
    }

    @Override
    public Organisation createOrganisation(NewOrganisation organisation) {
        return world.createAccount(organisation).view();
    }

    @Override
    public List<Organisation> organisations() {
        return world.accounts().stream().map(Account::view).toList();
    }

    @Override
    public Organisation topUp(String organisationId, long credits) {
        if (credits < 1) {
            throw new SandboxControlException(400, "credits " + credits + " is not positive");
        }
        Account account = world.account(organisationId);
        account.wallet().add(credits);
        return account.view();
    }

    @Override
    public Organisation changeFeedPlan(String organisationId, FeedPlan feedPlan) {
        Account account = world.account(organisationId);
        account.change(feedPlan);
        return account.view();
    }

    @Override
    public RateSettings rates(String organisationId) {
        return world.account(organisationId).rates();
    }

    @Override
    public RateSettings changeRates(String organisationId, RateSettings rates) {
        world.changeRates(organisationId, rates);
        return rates;
    }

    @Override
    public CreatedKey createKey(NewKey key) {
        return world.createKey(key);
    }

    @Override
    public List<Key> keys() {
        return world.keyViews();
    }

    @Override
    public Key revokeKey(String keyId) {
        return world.revoke(keyId);
    }

    @Override
    public Key wipeCounters(String keyId) {
        return world.wipeCounters(keyId);
    }

    @Override
    public Faults setFaults(Faults faults) {
        world.faults().set(faults);
        return faults;
    }

    @Override
    public Faults faults() {
        return world.faults().current();
    }

    @Override
    public RequestPage requests(RequestFilter filter) {
        return world.truth().page(filter);
    }

    @Override
    public List<KeySummary> summary() {
        return world.summary();
    }

    @Override
    public void reset() {
        world = new World(settings, clock);
    }

    @Override
    public void close() {
        try (api; control) {
            directory.clear();
        } catch (IOException e) {
            throw new UncheckedIOException("the files in " + stateDirectory() + " were not removed", e);
        }
    }

    private HttpServer startControl(DateStamp date) throws IOException {
        try {
            return HttpServer.start("control", settings.controlPort(), new ControlHandler(this, token, date));
        } catch (IOException e) {
            api.close();
            throw e;
        }
    }
}
