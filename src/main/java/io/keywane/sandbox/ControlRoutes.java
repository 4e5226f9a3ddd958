package io.keywane.sandbox;

import tools.jackson.core.JacksonException;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Maps the control API's methods and paths to operations; returns what is to be written as JSON. */
final class ControlRoutes {
    private final SandboxControl control;

    ControlRoutes(SandboxControl control) {
        this.control = control;
    }

    Object perform(String method, String path, Parameters query, String body) {
        List<String> parts = List.of(path.substring(1).split("/"));
        if (parts.size() < 2 || !parts.getFirst().equals("control")) {
            throw notFound();
        }
        return switch (parts.get(1)) {
            case "organisations" -> organisations(method, parts.subList(2, parts.size()), body);
            case "keys" -> keys(method, parts.subList(2, parts.size()));
            case "faults" -> faults(method, parts, body);
            case "requests" -> requests(method, parts, query);
            case "summary" -> summary(method, parts);
            case "reset" -> reset(method, parts);
            default -> throw notFound();
        };
    }

    private Object organisations(String method, List<String> rest, String body) {
        if (rest.isEmpty()) {
            return switch (method) {
                case "GET" -> Map.of("organisations", control.organisations());
                case "POST" -> control.createOrganisation(read(body, ControlWire.Organisation.class).toDomain());
                default -> throw wrongMethod();
            };
        }
        if (rest.size() != 2) {
            throw notFound();
        }
        String id = rest.getFirst();
        return switch (method + " " + rest.getLast()) {
            case "POST keys" -> control.createKey(read(body, ControlWire.Key.class).toDomain(id));
            case "POST top-up" -> control.topUp(id, read(body, ControlWire.TopUp.class).amount());
            case "PUT plan" -> control.changeFeedPlan(id, read(body, ControlWire.Plan.class).plan());
            case "GET rates" -> RateWire.of(control.rates(id));
            case "PUT rates" -> {
                RateSettings wanted = read(body, RateWire.class).over(control.rates(id));
                yield RateWire.of(control.changeRates(id, wanted));
            }
            default -> throw notFound();
        };
    }

    private Object keys(String method, List<String> rest) {
        if (rest.isEmpty()) {
            requireMethod("GET", method);
            return Map.of("keys", control.keys());
        }
        if (rest.size() != 2) {
            throw notFound();
        }
        String id = rest.getFirst();
        return switch (rest.getLast()) {
            case "revoke" -> {
                requireMethod("POST", method);
                yield control.revokeKey(id);
            }
            case "wipe-counters" -> {
                requireMethod("POST", method);
                yield control.wipeCounters(id);
            }
            default -> throw notFound();
        };
    }

    private Object faults(String method, List<String> parts, String body) {
        requireLeaf(parts);
        return ControlWire.FaultSettings.of(switch (method) {
            case "GET" -> control.faults();
            case "PUT" -> control.setFaults(read(body, ControlWire.FaultSettings.class).toDomain());
            case "DELETE" -> control.clearFaults();
            default -> throw wrongMethod();
        });
    }

    private Object requests(String method, List<String> parts, Parameters query) {
        requireLeaf(parts);
        requireMethod("GET", method);
        Instant since = query.time("since").orElse(null);
        RequestFilter all = RequestFilter.ALL;
        return control.requests(new RequestFilter(query.text("key").orElse(null), since,
                query.text("after").map(Long::parseLong).orElse(all.after()),
                query.number("limit").orElse(all.limit())));
    }

    private Object summary(String method, List<String> parts) {
        requireLeaf(parts);
        requireMethod("GET", method);
        return Map.of("keys", control.summary());
    }

    private Object reset(String method, List<String> parts) {
        requireLeaf(parts);
        requireMethod("POST", method);
        control.reset();
        return Map.of("reset", true);
    }

    private static <T> T read(String body, Class<T> type) {
        try {
            return Json.STRICT.readValue(body.isBlank() ? "{}" : body, type);
        } catch (JacksonException e) {
            throw new SandboxControlException(400, "the body is not valid: " + e.getOriginalMessage());
        }
    }

    private static void requireMethod(String wanted, String method) {
        if (!wanted.equals(method)) {
            throw wrongMethod();
        }
    }

    private static void requireLeaf(List<String> parts) {
        if (parts.size() != 2) {
            throw notFound();
        }
    }

    private static SandboxControlException notFound() {
        return new SandboxControlException(404, "the control API has no such path");
    }

    private static SandboxControlException wrongMethod() {
        return new SandboxControlException(405, "this path has no such method");
    }
}
