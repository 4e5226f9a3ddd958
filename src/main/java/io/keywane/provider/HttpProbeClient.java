package io.keywane.provider;

import io.keywane.engine.BaseUrl;
import io.keywane.engine.HostClock;
import io.keywane.engine.ProbeCall;
import io.keywane.engine.ProbeClient;
import io.keywane.engine.ProviderProfile;
import io.keywane.engine.ProviderProfile.GroupProfile;
import io.keywane.engine.ProviderProfile.RequestTemplate;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Moment;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.HeaderFault;
import io.keywane.usage.HeaderReader;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import javax.net.ssl.SSLContext;

import static java.util.Objects.requireNonNull;

/**
 * Probes the API over HTTP/1.1. One call sends one request on a fresh connection, follows no redirect and keeps nothing of
 * the body. The key becomes a String only for the header of that request, and no exception, result or log of this class
 * holds it or any header.
 *
 * <p>A key of the sandbox is sent to this host only: with any other base URL {@link #probe} sends nothing and returns a
 * sample with {@link ProbeFailure#SANDBOX_KEY}.
 */
public final class HttpProbeClient implements ProbeClient {
    private static final String SANDBOX = "sbx";

    private final ProviderProfile profile;
    private final HostClock clock;
    private final HeaderReader headers;
    private final OneRequest requests;

    /**
     * A client of one API. To be made before this process sends any other HTTP request ({@link SingleSend}).
     *
     * @param timeout for a whole request: connecting, sending, waiting, and reading the answer
     * @throws IllegalArgumentException if the profile's key header cannot be sent
     * @throws IllegalStateException if the process logs HTTP traffic, or may send a request twice
     */
    public HttpProbeClient(ProviderProfile profile, Duration timeout, HostClock clock) {
        this(profile, timeout, clock, defaultTls());
    }

    HttpProbeClient(ProviderProfile profile, Duration timeout, HostClock clock, SSLContext tls) {
        SingleSend.require();
        ClientLogging.refuse();
        this.profile = requireNonNull(profile, "profile is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.headers = new HeaderReader(profile.headers());
        this.requests = new OneRequest(timeout, tls);
        keyed(profile.control(), "no-key");
    }

    @Override
    public Sample probe(ProbeCall call, KeyMaterial key) {
        RequestTemplate template = template(call);
        if (isSandboxKey(key) && !BaseUrl.isLoopback(profile.baseUrl())) {
            return sample(call, clock.now(), 0, Verdict.unknown(ProbeFailure.SANDBOX_KEY), AnswerHeaders.NONE);
        }
        HttpRequest request = keyed(template, key.exposeString());
        Moment sent = clock.now();
        try {
            Answer answer = requests.send(request);
            Verdict verdict = Verdict.of(answer, hasBody(template));
            return sample(call, sent, answer.status(), verdict, read(answer, verdict));
        } catch (IOException e) {
            return sample(call, sent, 0, Verdict.unknown(Failures.of(e)), AnswerHeaders.NONE);
        }
    }

    @Override
    public Optional<String> control() {
        RequestTemplate template = profile.control();
        try {
            Answer answer = requests.send(OneRequest.to(target(template), template.method()).build());
            Verdict verdict = Verdict.of(answer, hasBody(template));
            if (verdict.outcome() == ProbeOutcome.VALID) {
                return Optional.empty();
            }
            return Optional.of(verdict.failure().map(this::words)
                    .orElse("the API refuses the control request, which needs no key")
                    + " (status " + answer.status() + ")");
        } catch (IOException e) {
            return Optional.of(words(Failures.of(e)));
        }
    }

    @Override
    public long cost(ProbeKind kind) {
        return kind == ProbeKind.BALANCE ? profile.balance().credits() : 0;
    }

    private RequestTemplate template(ProbeCall call) {
        if (call.kind() == ProbeKind.BALANCE) {
            return profile.balance().request();
        }
        LimiterGroup group = call.entry().group();
        GroupProfile known = profile.groups().get(group);
        if (known == null) {
            throw new IllegalArgumentException("the provider's profile has no limiter group " + group);
        }
        if (call.kind() == ProbeKind.MISSING) {
            return known.missing().orElseThrow(
                    () -> new IllegalArgumentException("group " + group + " has no request for what is not there"));
        }
        return known.liveness();
    }

    @SuppressWarnings("UnusedException") // its text holds the value of the header
    private HttpRequest keyed(RequestTemplate template, String key) {
        HttpRequest.Builder builder = OneRequest.to(target(template), template.method());
        try {
            return builder.setHeader(profile.keyHeader(), key).build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the header " + profile.keyHeader() + " cannot carry a key");
        }
    }

    private URI target(RequestTemplate template) {
        String base = profile.baseUrl().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + template.path());
    }

    private Sample sample(ProbeCall call, Moment sent, int status, Verdict verdict, AnswerHeaders read) {
        return new Sample(call.entry().id(), call.entry().version(), call.entry().group(), call.kind(), sent,
                clock.now(), status, verdict.outcome(), verdict.failure(), read);
    }

    /** Of an answer that says nothing of the key only the wait that it asks for is obeyed. */
    private AnswerHeaders read(Answer answer, Verdict verdict) {
        AnswerHeaders read = headers.read(answer.headers());
        if (verdict.outcome() != ProbeOutcome.UNKNOWN) {
            return read;
        }
        return new AnswerHeaders(Optional.empty(), Optional.of(read.fault().orElse(HeaderFault.MISSING)),
                OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), read.retryAfter());
    }

    private String words(ProbeFailure failure) {
        return Failures.words(failure, profile.baseUrl().getRawAuthority());
    }

    private static boolean isSandboxKey(KeyMaterial key) {
        return key.environment().filter(SANDBOX::equals).isPresent();
    }

    private static boolean hasBody(RequestTemplate template) {
        return !template.method().equals("HEAD");
    }

    private static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }
}
