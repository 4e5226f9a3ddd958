package io.keywane.cli;

import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.Product;
import io.keywane.control.Verb;
import io.keywane.control.VersionInfo;
import io.keywane.control.WireJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code version}: this command's version, and the daemon's if it can be asked. */
@Command(name = "version", header = "Show the versions of this command and of the daemon.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane version --output json"})
final class VersionCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final ReadingOptions reading;

    VersionCommand(CliContext context) {
        this.context = context;
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        Optional<ControlReply> daemon = ask();
        if (reading.output().isJson()) {
            context.out().println(WireJson.pretty(json(daemon)));
        } else {
            text(daemon);
        }
        return ExitCode.DONE.number();
    }

    /** A daemon that cannot be asked is no failure here: the command's own version is wanted all the same. */
    private Optional<ControlReply> ask() {
        try {
            ControlReply reply = reading.daemon().client().call(ControlRequest.of(Verb.VERSION));
            reply.resultAs(VersionInfo.class);
            return Optional.of(reply);
        } catch (ControlException e) {
            context.err().println("keywane: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static ObjectNode json(Optional<ControlReply> daemon) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", WireJson.RESULT_VERSION);
        json.putObject("command").put("product", Product.version()).put("java", Runtime.version().toString());
        daemon.ifPresentOrElse(reply -> json.set("daemon", reply.resultJson()), () -> json.putNull("daemon"));
        return json;
    }

    private void text(Optional<ControlReply> daemon) {
        context.out().println("command: keywane " + Product.version() + ", Java " + Runtime.version());
        daemon.map(reply -> reply.resultAs(VersionInfo.class)).ifPresent(info -> {
            context.out().println("daemon:  keywane " + info.product() + ", Java " + info.java() + ", process "
                    + info.pid() + ", started " + Style.time(info.started()));
            context.out().println("         " + info.configuration() + ", loaded "
                    + Style.time(info.configurationLoaded()));
            info.lastReloadError().ifPresent(error -> context.out()
                    .println("         the last reload was refused: " + error));
        });
    }
}
