package io.keywane.control;

import java.util.TreeMap;

/** A request as a person types it, without the key value, reason and request id. */
public final class TypedCommand {
    private TypedCommand() {}

    /** The command that asks for the same without a plan. */
    public static String of(ControlRequest request) {
        StringBuilder text = new StringBuilder("keywane " + request.verb().wireName().replace('.', ' '));
        request.text(Argument.KEY).ifPresent(key -> text.append(' ').append(key));
        new TreeMap<>(request.arguments()).forEach((argument, value) -> text.append(switch (argument) {
            case EMERGENCY -> request.flag(argument) ? " --emergency" : "";
            case DASHBOARD_NAME -> " --dashboard-name \"" + value + "\"";
            case GATE -> " --gate " + value;
            case VERSION -> " --key-version " + value;
            case SINCE -> " --since " + value;
            case SPAN -> " --for " + value;
            case KEY, COUNT, BUNDLE, ALERT, STORE, DRY_RUN, PLAN -> "";
        }));
        return text.toString();
    }
}
