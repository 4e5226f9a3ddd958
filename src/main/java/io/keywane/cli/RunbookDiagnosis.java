package io.keywane.cli;

import io.keywane.control.AlertList;
import io.keywane.control.ControlClient;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.Verb;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The diagnosis of one page, carried out: which of its alerts fire, what each command said, and what to type next.
 *
 * <p>Nothing is changed: only commands of {@link #READING} are run, whatever a page says; the others are told.
 *
 * @param key the key that it is about: the one asked for, else the one that the page's alert fires for
 * @param unreachable why the daemon could not be asked
 * @param alerts those of this page that fire, for that key if one was named
 * @param others the names of other alerts that fire
 * @param ran the commands that were run
 * @param notRun the commands that were not, and why
 * @param next what to type next; empty where the page has no command for it
 */
record RunbookDiagnosis(Runbook page, Optional<String> key, Optional<String> unreachable, List<AlertList.Alert> alerts,
        List<String> others, List<Ran> ran, List<NotRun> notRun, Optional<String> next) {
    /** Commands that only look, by their words. */
    static final Set<String> READING = Set.of("keys list", "keys show", "keys probe", "keys findings",
            "rotation status", "usage", "alerts list", "alerts show", "audit tail", "audit verify",
            "evidence list", "store check", "check-config", "doctor", "version");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\b(KEY|ID|FILE|TEXT|NAME)\\b");

    RunbookDiagnosis {
        alerts = List.copyOf(alerts);
        others = List.copyOf(others);
        ran = List.copyOf(ran);
        notRun = List.copyOf(notRun);
    }

    /**
     * A command and what it said.
     *
     * @param exit its exit code
     * @param output what it printed, errors last
     */
    record Ran(String command, int exit, List<String> output) {
        Ran {
            output = List.copyOf(output);
        }
    }

    /** A command that was not run. */
    record NotRun(String command, String why) {}

    /** Carries it out. */
    static RunbookDiagnosis of(Runbook page, Optional<String> key, ControlClient client, CliContext context) {
        List<AlertList.Alert> firing = new ArrayList<>();
        Optional<String> unreachable = Optional.empty();
        try {
            firing.addAll(client.call(ControlRequest.of(Verb.ALERTS_LIST)).resultAs(AlertList.class).alerts());
        } catch (ControlException e) {
            unreachable = Optional.of(e.error().message());
        }
        List<AlertList.Alert> ours = firing.stream().filter(alert -> alert.name().equals(page.name()))
                .filter(alert -> key.isEmpty() || alert.key().isEmpty() || alert.key().equals(key)).toList();
        Optional<String> about = key.or(() -> ours.stream().flatMap(alert -> alert.key().stream()).findFirst());
        List<Ran> ran = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        for (String line : page.commands(Runbook.DIAGNOSIS)) {
            String bound = bound(line, about, ours);
            reasonAgainst(bound).ifPresentOrElse(why -> notRun.add(new NotRun(bound, why)),
                    () -> ran.add(run(bound, client, context)));
        }
        page.illustrations(Runbook.DIAGNOSIS)
                .forEach(line -> notRun.add(new NotRun(bound(line, about, ours), "for you to run")));
        Optional<String> next = page.commands(Runbook.MITIGATION).stream().findFirst()
                .map(line -> bound(line, about, ours));
        return new RunbookDiagnosis(page, about, unreachable, ours,
                firing.stream().filter(alert -> !ours.contains(alert)).map(RunbookDiagnosis::named).distinct().toList(),
                ran, notRun, next);
    }

    /** How the command line ends: 9 without a daemon, 3 if anything was found. */
    ExitCode exit() {
        if (unreachable.isPresent()) {
            return ExitCode.UNREACHABLE;
        }
        boolean found = !alerts.isEmpty() || ran.stream().anyMatch(each -> each.exit() != ExitCode.DONE.number());
        return found ? ExitCode.PROBLEMS_FOUND : ExitCode.DONE;
    }

    private static String named(AlertList.Alert alert) {
        return alert.name() + " (" + alert.key().or(alert::organisation).orElse("-") + ")";
    }

    private static String bound(String line, Optional<String> key, List<AlertList.Alert> alerts) {
        String withKey = key.map(name -> line.replaceAll("\\bKEY\\b", name)).orElse(line);
        return alerts.stream().findFirst().map(alert -> withKey.replaceAll("\\bID\\b", alert.id())).orElse(withKey);
    }

    /** Why a line is not run; empty if it is. */
    static Optional<String> reasonAgainst(String line) {
        if (!ShellLine.isOurs(line)) {
            return Optional.of("for you to run");
        }
        if (PLACEHOLDER.matcher(line).find()) {
            return Optional.of("fill in the words in capitals");
        }
        ShellLine command = ShellLine.parse(line);
        boolean shows = command.words().getFirst().equals("calibrate") && command.words().contains("--show");
        boolean reads = READING.stream().anyMatch(name -> isNamed(command.words(), name));
        return (reads || shows) && command.input().isEmpty()
                ? Optional.empty()
                : Optional.of("it is no command that only looks");
    }

    private static boolean isNamed(List<String> words, String name) {
        List<String> wanted = List.of(name.split(" ", -1));
        return words.size() >= wanted.size() && words.subList(0, wanted.size()).equals(wanted);
    }

    private static Ran run(String line, ControlClient client, CliContext context) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(context.environment());
        environment.put("KEYWANE_SOCKET", client.socket().toString());
        CliContext nested = new CliContext(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(), environment,
                Terminal.nobody(), context.clock(), context.pollInterval());
        int exit = KeywaneCommandLine.run(nested, Map.of(), ShellLine.parse(line).words().toArray(String[]::new));
        List<String> output = new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
        output.addAll(err.toString(StandardCharsets.UTF_8).lines().toList());
        return new Ran(line.replaceFirst("\\s+# ends with .*", ""), exit, output);
    }
}
