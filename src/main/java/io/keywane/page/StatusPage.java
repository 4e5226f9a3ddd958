package io.keywane.page;

import io.keywane.control.AlertList.Alert;
import io.keywane.control.GateStatus;
import io.keywane.control.GroupHealth;
import io.keywane.control.KeySummary;
import io.keywane.control.Report;
import io.keywane.control.RotationStatus;
import io.keywane.control.RotationSummary;
import io.keywane.control.VersionSummary;
import io.keywane.key.Stage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import static io.keywane.page.Times.time;

/**
 * How things stand as one page of HTML, for reading only.
 *
 * <p>Whoever reaches the daemon's port reads it, as the metrics: it shows names, states, figures and sentences of closed
 * lists. What persons wrote and who they are, names in the vendor's dashboard and public prefixes stay with the socket.
 */
public final class StatusPage {
    private final StatusView view;
    private final Html html = new Html("Keywane");

    private StatusPage(StatusView view) {
        this.view = view;
    }

    /** What a browser may do with the page. */
    public static String policy() {
        return Html.POLICY + "; frame-ancestors 'none'";
    }

    /** The whole page. */
    public static String html(StatusView view) {
        return new StatusPage(view).page();
    }

    private String page() {
        List<StatusView.Key> moving = view.keys().stream().filter(StatusPage::isMoving).toList();
        html.line("p", "As of " + view.at().toString().substring(0, 19).replace('T', ' ') + " UTC. " + counted(
                view.alerts().size(), "alert") + ", " + counted(moving.size(), "key") + " on the move, "
                + counted(view.keys().size(), "key") + " in all. Load the page again to see what is new.");
        html.markup("<nav aria-label=\"Sections\"><a href=\"#alerts\">Alerts</a> <a href=\"#rotations\">Rotations</a>"
                + " <a href=\"#keys\">Keys</a> <a href=\"#credits\">Credits</a></nav>\n");
        alerts();
        rotations(moving);
        keys();
        credits();
        html.line("p", " class=\"note\"", "Keywane " + view.version()
                + ". This page only shows; what changes something is typed at the command line.");
        return html.end();
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void section(String id, String title) {
        html.line("h2", " id=\"" + id + "\"", title);
    }

    private void alerts() {
        section("alerts", "Alerts");
        if (view.alerts().isEmpty()) {
            html.line("p", "None fires.");
        }
        for (Alert alert : view.alerts()) {
            html.markup("<div class=\"card " + (alert.severity().equals("critical") ? "bad" : "doubtful") + "\">");
            html.line("h3", alert.severity() + ": " + alert.name()
                    + alert.key().or(alert::organisation).map(about -> ", " + about).orElse(""));
            html.line("p", sentence(alert.summary()) + " Since " + time(alert.since()) + " (" + age(alert.since()) + ")"
                    + (alert.acknowledged().isPresent() ? "; somebody has taken it on." : "."));
            command("Next", alert.command());
            html.markup("</div>\n");
        }
    }

    private void rotations(List<StatusView.Key> moving) {
        section("rotations", "Rotations");
        if (moving.isEmpty()) {
            html.line("p", "No rotation is open, and no key leaves.");
        }
        moving.forEach(this::rotation);
    }

    /** Whether a rotation is open, or a version leaves. */
    private static boolean isMoving(StatusView.Key key) {
        return key.rotation().rotation().filter(rotation -> !rotation.over()).isPresent()
                || !key.rotation().leaving().isEmpty();
    }

    private void rotation(StatusView.Key key) {
        RotationStatus status = key.rotation();
        html.markup("<div class=\"card\">");
        html.line("h3", status.key() + status.rotation().map(r -> ": " + spaced(r.state())
                + (r.paused() ? ", paused" : "")).orElse(""));
        status.rotation().ifPresent(this::where);
        status.intake().ifPresent(intake -> html.line("p", "Its new key is taken by itself: " + intake.sentence()
                + "."));
        if (status.evidenceFailure().isPresent()) {
            html.line("p", " class=\"bad\"", "Not flagged, because its evidence cannot be kept; the log says why.");
        }
        status.leaving().forEach(this::leaving);
        status.whatToType().forEach(line -> command("Next", line));
        if (status.whatToType().isEmpty()) {
            html.line("p", "It goes on by itself.");
        }
        key.drains().forEach(drain -> DrainPlot.draw(html, status.key(), drain));
        gates(status);
        html.markup("</div>\n");
    }

    private void where(RotationSummary rotation) {
        html.line("p", sentence(rotation.reasonSentence()) + " So since " + time(rotation.since()) + " ("
                + age(rotation.since()) + "); opened by " + rotation.trigger() + " at " + time(rotation.began()) + ".");
    }

    private void leaving(VersionSummary version) {
        String what = version.stage() == Stage.FLAGGED
                ? "to be revoked in the vendor's dashboard by a person"
                : "leaves; not to be revoked yet";
        html.line("p", "Version " + version.brief() + ", " + word(version.stage()) + " since " + time(version.since())
                + ": " + what + ".");
    }

    private void gates(RotationStatus status) {
        if (status.gates().isEmpty()) {
            return;
        }
        html.stackedTable("What must be shown before the old key of " + status.key() + " is flagged",
                List.of("gate", "asked", "known", "missing"));
        for (GateStatus gate : status.gates()) {
            html.row(List.of(gate.gate() + ": " + (gate.met() ? "met" : gate.waived() ? "waived" : "open"),
                    gate.required(), gate.known(), missing(gate)));
        }
        html.endTable();
        status.probing().stream().flatMap(probing -> probing.obstacleSentence().stream()
                .map(sentence -> probing.group() + ": " + sentence)).distinct()
                .forEach(line -> html.line("p", " class=\"doubtful\"", line));
    }

    private static String missing(GateStatus gate) {
        return gate.missing().map(missing -> missing
                + gate.earliest().map(at -> "; at the earliest " + time(at)).orElse("")
                + gate.earliestUnknown().map(why -> "; no time can be given: " + why).orElse("")).orElse("nothing");
    }

    private void keys() {
        section("keys", "Keys");
        if (view.keys().isEmpty()) {
            html.line("p", "None is configured.");
            return;
        }
        html.stackedTable("Managed keys and how the API answers to them",
                List.of("key", "current version", "API", "rate limit", "rotation"));
        for (StatusView.Key key : view.keys()) {
            KeySummary summary = key.summary();
            html.row(List.of(summary.key(),
                    summary.current().map(version -> version.brief() + ", taken in " + age(version.takenIn()))
                            .orElse("none"),
                    joined(summary, this::health), joined(summary, StatusPage::limit),
                    summary.rotation().map(rotation -> spaced(rotation.state()) + (rotation.paused() ? ", paused" : "")
                            + ", " + age(rotation.since())).orElse("none yet")));
        }
        html.endTable();
    }

    private static String joined(KeySummary summary, Function<GroupHealth, String> of) {
        return summary.groups().isEmpty()
                ? "not probed yet"
                : String.join("; ", summary.groups().stream().map(group -> group.group() + ": " + of.apply(group))
                        .toList());
    }

    private String health(GroupHealth group) {
        return group.lastOutcome().map(StatusPage::spaced).orElse("not probed yet")
                + group.lastFailure().map(why -> " (" + spaced(why) + ")").orElse("")
                + group.lastSuccess().map(at -> ", accepted " + age(at)).orElse(", not accepted yet");
    }

    private static String limit(GroupHealth group) {
        return group.limit().isPresent() && group.remaining().isPresent()
                ? Html.whole(group.remaining().get()) + " of " + Html.whole(group.limit().get()) + " left"
                : "not seen";
    }

    private void credits() {
        section("credits", "Credits");
        html.stackedTable("Wallets of the organisations", List.of("organisation", "left", "run out (UTC)",
                "consumed since yesterday", "topped up since yesterday"));
        for (Report.Wallet wallet : view.wallets()) {
            html.row(List.of(wallet.organisation(), wallet.balance().map(Html::whole).orElse("not seen"),
                    wallet.forecast().map(ReportPage::forecast).orElse("not in sight"),
                    Html.whole(wallet.days().stream().mapToLong(Report.WalletDay::consumed).sum()),
                    Html.whole(wallet.days().stream().mapToLong(Report.WalletDay::toppedUp).sum())));
        }
        html.endTable();
    }

    private void command(String what, String command) {
        html.markup("<p>").line("span", what + ": ").line("code", command).markup("</p>\n");
    }

    private static String sentence(String text) {
        return text.isEmpty()
                ? ""
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    private static String spaced(String word) {
        return word.replace('_', ' ');
    }

    private static String word(Stage stage) {
        return spaced(stage.name().toLowerCase(Locale.ROOT));
    }

    /** How long ago; never below zero. */
    private String age(Instant at) {
        Duration age = Duration.between(at, view.at());
        return Times.duration(age.isNegative() ? Duration.ZERO : age) + " ago";
    }
}
