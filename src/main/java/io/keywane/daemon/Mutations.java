package io.keywane.daemon;

import io.keywane.alert.ActiveAlert;
import io.keywane.alert.AlertId;
import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.IncomingRequest;
import io.keywane.control.MutationResult;
import io.keywane.control.TypedCommand;
import io.keywane.control.Verb;
import io.keywane.control.WireJson;
import io.keywane.engine.Change;
import io.keywane.engine.Engine;
import io.keywane.engine.Operations;
import io.keywane.engine.Operator;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.Ports;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.Rotation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Carries out the verbs that change something; a repeat of a request id returns the first outcome. */
final class Mutations {
    private static final Logger LOG = LoggerFactory.getLogger(Mutations.class);
    /** Under which name a remembered outcome keeps what was asked, as a person types it. */
    private static final String ASKED = "asked";
    /** What tells it from any other request, with the key value that came with it. */
    private static final String DIGEST = "asked_digest";
    private static final String AT = "asked_at";

    private final Engine engine;
    private final Operations operations;
    private final Ports ports;
    /** The requests that are being carried out; a second try with the same id must not run beside the first. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Mutations(Engine engine, Ports ports) {
        this.engine = engine;
        this.operations = engine.operations();
        this.ports = ports;
    }

    ControlReply perform(Peer peer, IncomingRequest incoming) {
        ControlRequest request = incoming.request();
        Operator operator = new Operator("user:" + peer.user(), request.reason().orElse(""), request.requestId(),
                Optional.of(asked(incoming)));
        if (request.flag(Argument.DRY_RUN)) {
            return planned(incoming, operator);
        }
        if (request.requestId().isEmpty()) {
            return ControlReply.done(carriedOut(incoming, operator));
        }
        String name = replyName(request, request.requestId().get());
        if (!underWay.add(name)) {
            throw new ControlException(ExitCode.CONFLICT, "a request with this id is under way",
                    "repeat it with the same id when that has ended");
        }
        try {
            return once(incoming, operator, name);
        } finally {
            underWay.remove(name);
        }
    }

    /** The first outcome again, or this one, which is remembered. */
    private ControlReply once(IncomingRequest incoming, Operator operator, String name) {
        Optional<String> known = ports.states().replyTo(name);
        if (known.isPresent()) {
            requireSame(known.get(), incoming);
            return ControlReply.done(repeated(WireJson.readText(known.get(), MutationResult.class)));
        }
        Instant at = ports.clock().now().wall();
        MutationResult result = carriedOut(incoming, operator);
        remember(name, WireJson.line(WireJson.result(result).put(ASKED, TypedCommand.of(incoming.request()))
                .put(DIGEST, asked(incoming)).put(AT, at.toString())));
        return ControlReply.done(result);
    }

    /** A write that failed may have happened all the same, and others before it did. */
    private MutationResult carriedOut(IncomingRequest incoming, Operator operator) {
        try {
            return result(incoming, operator);
        } catch (PersistenceException e) {
            throw new ControlException(ExitCode.OUTCOME_UNKNOWN, "whether it was done is not known: " + e.getMessage(),
                    incoming.request().requestId().map(id -> "repeat with the same --request-id " + id + "; ")
                            .orElse("")
                            + "see `keywane doctor`");
        }
    }

    /** It is done, whether or not that can be told again from memory; a repeat is known by its audit lines, too. */
    private void remember(String name, String reply) {
        try {
            ports.states().remember(name, reply, ports.clock().now().wall());
        } catch (PersistenceException e) {
            LOG.error("what came of request {} cannot be remembered: {}", name, e.getMessage());
        }
    }

    /** A repeat asks the same, with the same key value; else the first outcome would pass for one of another request. */
    private void requireSame(String known, IncomingRequest incoming) {
        String typed = TypedCommand.of(incoming.request());
        String first = WireJson.field(known, ASKED).orElse(typed);
        String digest = asked(incoming);
        if (first.equals(typed) && WireJson.field(known, DIGEST).orElse(digest).equals(digest)) {
            return;
        }
        throw new ControlException(ExitCode.CONFLICT, "nothing was done, because this request id was used for another"
                + " request" + WireJson.field(known, AT).map(at -> " at " + at).orElse("") + ": " + first
                + (first.equals(typed) && incoming.secret().isPresent() ? ", with another key value" : ""),
                "give each request an id of its own");
    }

    /** What is asked; neither why nor on which plan. */
    private String asked(IncomingRequest incoming) {
        StringBuilder arguments = new StringBuilder();
        new TreeMap<>(incoming.request().arguments()).forEach((argument, value) -> {
            boolean asks = argument != Argument.PLAN && argument != Argument.DRY_RUN && !value.equals("false");
            arguments.append(asks ? argument.wireName() + "=" + value + "\n" : "");
        });
        return operations.asked(incoming.request().verb().wireName(), arguments.toString(), incoming.secret());
    }

    private MutationResult result(IncomingRequest incoming, Operator operator) {
        ControlRequest request = incoming.request();
        return request.verb() == Verb.ALERTS_ACK
                ? acknowledged(request, operator)
                : result(request, change(request, incoming.secret(), operator), incoming.secret());
    }

    /** What it would do. Neither done, nor audited, nor remembered. */
    private ControlReply planned(IncomingRequest incoming, Operator operator) {
        ControlRequest request = incoming.request();
        if (request.text(Argument.PLAN).isPresent()) {
            throw new ControlException(ExitCode.USAGE, "a dry run makes a plan, and takes none",
                    "give either --dry-run or --plan");
        }
        Change change = Changes.of(request, incoming.secret()).orElseThrow(() -> new ControlException(
                ExitCode.USAGE, request.verb().wireName() + " has no dry run", ""));
        Operator asking = new Operator(operator.actor(), request.reason().orElse("dry run"), Optional.empty());
        return ControlReply.done(PlanReading.of(request, operations.plan(request.key(), change, asking),
                undo(request, request.key()), warnings(request, incoming.secret())));
    }

    private MutationResult acknowledged(ControlRequest request, Operator operator) {
        AlertId id = AlertReading.id(request);
        ActiveAlert taken = engine.acknowledge(id, operator)
                .orElseThrow(() -> new ControlException(ExitCode.NOT_FOUND, "no alert with the id " + id + " fires",
                        "see `keywane alerts list`"));
        String about = taken.alert().key().map(KeyName::value).orElse(taken.alert().organisation().value());
        return new MutationResult(about, taken.alert().name().alertName() + " is acknowledged in your name; nobody is"
                + " told of it again until it ends", "irreversible", Optional.empty(), Optional.empty(),
                Optional.empty(), request.requestId(), false, List.of());
    }

    private static String replyName(ControlRequest request, String id) {
        return request.verb().wireName() + "/" + request.text(Argument.KEY).orElse("") + "/" + id;
    }

    private KeyState change(ControlRequest request, Optional<KeyMaterial> secret, Operator operator) {
        KeyName key = request.key();
        Optional<Change> change = Changes.of(request, secret);
        if (change.isPresent()) {
            return operations.perform(key, change.get(), operator, Changes.plan(request));
        }
        if (request.verb() == Verb.CALIBRATE) {
            return operations.calibrate(key, operator);
        }
        if (request.verb() == Verb.ALERTS_MAINTENANCE) {
            return operations.maintenance(key, span(request), operator);
        }
        throw new ControlException(ExitCode.USAGE, request.verb().wireName() + " changes nothing", "");
    }

    private static Optional<Duration> span(ControlRequest request) {
        try {
            return request.text(Argument.SPAN).map(Duration::parse);
        } catch (DateTimeParseException e) {
            throw new ControlException(ExitCode.USAGE, "\"" + e.getParsedString() + "\" is no duration", "");
        }
    }

    private static MutationResult result(ControlRequest request, KeyState state, Optional<KeyMaterial> secret) {
        Optional<Rotation> rotation = state.rotation();
        return new MutationResult(state.key().value(), done(request, state), undo(request, state.key()),
                rotation.map(Rotation::id), rotation.map(r -> WireVersions.word(r.state())),
                WireVersions.newest(state).map(id -> id.brief()), request.requestId(), false,
                warnings(request, secret));
    }

    private static List<String> warnings(ControlRequest request, Optional<KeyMaterial> secret) {
        List<String> warnings = new ArrayList<>();
        secret.filter(material -> !material.hasFamiliarShape()).ifPresent(_ -> warnings.add(
                "the key does not have the vendor's usual shape; check that the whole key was given"));
        if (request.flag(Argument.EMERGENCY)) {
            warnings.add("emergency: the flag will not wait for proof of silence, of the switch and of credit;"
                    + " the new key is proven all the same, and the evidence says what is missing");
        }
        return warnings;
    }

    private static String done(ControlRequest request, KeyState state) {
        String stands = state.rotation().map(r -> "; the rotation is in " + WireVersions.word(r.state()) + ": "
                + r.reason().sentence()).orElse("");
        return switch (request.verb()) {
            case KEYS_IMPORT, ROTATION_SUPPLY -> "the key is stored and was read back" + stands;
            case ROTATION_START -> "a rotation is open" + stands;
            case ROTATION_APPROVE -> "the promotion is approved" + stands;
            case ROTATION_PAUSE -> "the rotation is paused";
            case ROTATION_RESUME -> "the rotation goes on" + stands;
            case ROTATION_ABORT -> "the rotation is aborted; the new key, if any, is watched until it is revoked";
            case ROTATION_ROLLBACK -> "the old key is to be put back" + stands;
            case ROTATION_ADOPT -> "what consumers read is taken in" + stands;
            case ROTATION_WAIVE -> "the gate is waived in your name" + stands;
            case ROTATION_CONFIRM_REVOKED -> "the API refuses the old key: it is confirmed revoked";
            case CALIBRATE -> "a calibration is under way; it only reads, and ends by itself: keywane calibrate "
                    + state.key() + " --show";
            case ALERTS_MAINTENANCE -> request.text(Argument.SPAN).isPresent()
                    ? "nobody is told of unusual use of the key for that time; then it ends by itself"
                    : "the maintenance is over";
            case KEYS_LIST, KEYS_SHOW, KEYS_PROBE, ROTATION_STATUS, CALIBRATION, USAGE, USAGE_SERIES, KEYS_FINDINGS,
                    ALERTS_LIST,
                    ALERTS_SHOW, ALERTS_ACK, REPORT, AUDIT_TAIL, AUDIT_VERIFY,
                    EVIDENCE_LIST, EVIDENCE_EXPORT, STORE_CHECK, DOCTOR,
                    VERSION ->
                "nothing";
        };
    }

    private static String undo(ControlRequest request, KeyName key) {
        return switch (request.verb()) {
            case ROTATION_ADOPT -> "keywane rotation rollback " + key + " (puts the former key back)";
            case ROTATION_START, ROTATION_SUPPLY ->
                "keywane rotation abort " + key + " (before promotion), keywane rotation"
                        + " rollback " + key + " (after it)";
            case ROTATION_APPROVE -> "keywane rotation rollback " + key;
            case ROTATION_PAUSE -> "keywane rotation resume " + key;
            case ROTATION_RESUME -> "keywane rotation pause " + key;
            case ALERTS_MAINTENANCE -> "keywane alerts maintenance " + key + " --end";
            case ROTATION_ABORT, ROTATION_ROLLBACK -> "keywane rotation start " + key;
            case CALIBRATE -> "nothing to undo: it changes no key";
            case KEYS_IMPORT, ROTATION_WAIVE, ROTATION_CONFIRM_REVOKED, CALIBRATION, KEYS_LIST, KEYS_SHOW, KEYS_PROBE,
                    ROTATION_STATUS,
                    USAGE, USAGE_SERIES, KEYS_FINDINGS, ALERTS_LIST,
                    ALERTS_SHOW, ALERTS_ACK, REPORT, AUDIT_TAIL, AUDIT_VERIFY, EVIDENCE_LIST, EVIDENCE_EXPORT,
                    STORE_CHECK,
                    DOCTOR,
                    VERSION ->
                "irreversible";
        };
    }

    private static MutationResult repeated(MutationResult first) {
        return new MutationResult(first.key(), first.done(), first.undo(), first.rotationId(), first.rotationState(),
                first.versionBrief(), first.requestId(), true, first.warnings());
    }
}
