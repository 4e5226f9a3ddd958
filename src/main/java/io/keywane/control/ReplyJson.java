package io.keywane.control;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/** The line of a reply. */
final class ReplyJson {
    private static final int VERSION = 1;

    private ReplyJson() {}

    static ObjectNode write(ControlReply reply) {
        ObjectNode json = WireJson.mapper().createObjectNode().put("v", VERSION).put("exit", reply.exit().number());
        reply.result().ifPresent(result -> json.set("result", result));
        reply.error().ifPresent(error -> json.set("error", WireJson.mapper().valueToTree(error)));
        return json;
    }

    static ControlReply read(ObjectNode json) {
        if (json.path("v").asInt(0) != VERSION) {
            throw notOurs();
        }
        Optional<ObjectNode> result = json.path("result") instanceof ObjectNode object
                ? Optional.of(object)
                : Optional.empty();
        Optional<ControlError> error = json.path("error") instanceof ObjectNode object
                ? Optional.of(error(object))
                : Optional.empty();
        ExitCode exit = ExitCode.ofNumber(json.path("exit").asInt(-1)).orElseThrow(ReplyJson::notOurs);
        if (result.isPresent() == error.isPresent() || (error.isPresent() && exit == ExitCode.DONE)) {
            throw notOurs();
        }
        return new ControlReply(exit, result, error);
    }

    private static ControlError error(ObjectNode json) {
        JsonNode hint = json.path("hint");
        return new ControlError(json.path("message").asString("no reason given"),
                hint.isString() ? Optional.of(hint.stringValue()) : Optional.empty());
    }

    static ControlException notOurs() {
        return new ControlException(ExitCode.FAILURE, "what answered at the socket does not speak Keywane's protocol",
                "check --socket, and that this command and the daemon are of one version");
    }
}
