package io.keywane.page;

import io.keywane.control.Report;
import io.keywane.control.Report.Forecast;
import io.keywane.control.Report.IncidentPlot;
import io.keywane.control.Report.Turn;
import io.keywane.control.Report.Wallet;
import io.keywane.control.UseSeriesTable.Incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static io.keywane.page.Html.whole;
import static io.keywane.page.Times.date;
import static io.keywane.page.Times.time;

/** A report as one page of HTML. */
public final class ReportPage {
    private final Report report;
    private final Html html = new Html("Keywane report");

    public ReportPage(Report report) {
        this.report = report;
    }

    /** The whole page. */
    public String html() {
        html.line("p", date(report.from()) + " to " + time(report.to()) + " (UTC)");
        report.wallets().forEach(this::wallet);
        incidents();
        rotations();
        return html.end();
    }

    private void wallet(Wallet wallet) {
        CreditShares shares = CreditShares.of(wallet, report.keys());
        html.line("h2", "Credits of " + wallet.organisation());
        html.markup("<dl>");
        html.fact("left", wallet.balance().map(Html::whole).orElse("not seen"));
        html.fact("consumed", whole(shares.consumed()));
        html.fact("topped up", whole(wallet.days().stream().mapToLong(Report.WalletDay::toppedUp).sum()));
        html.fact("run out", wallet.forecast().map(ReportPage::forecast).orElse("not in sight"));
        html.markup("</dl>\n");
        html.markup(ReportPlots.credits(shares));
        html.markup(
                "<p class=\"note\">Consumption is read from the wallet; a day's is shared out by each key's share of the"
                        + " requests that were seen. What no known key was seen to use stands under &#8220;no known key&#8221;.</p>\n");
        html.markup("<details><summary>The figures</summary>");
        List<String> columns = new ArrayList<>(List.of("day"));
        columns.addAll(shares.names());
        columns.add("all");
        html.table("Credits of " + wallet.organisation() + " by key and day", columns);
        for (CreditShares.Day day : shares.days()) {
            List<String> cells = new ArrayList<>(List.of(date(day.day())));
            day.credits().forEach(credits -> cells.add(whole(Math.round(credits))));
            cells.add(whole(day.consumed()));
            html.row(cells);
        }
        html.endTable().markup("</details>\n");
    }

    static String forecast(Forecast forecast) {
        return time(forecast.expected()) + ", between " + time(forecast.earliest()) + " and "
                + time(forecast.latest()) + ", at " + whole(Math.round(forecast.creditsPerHour())) + " an hour";
    }

    private void incidents() {
        html.line("h2", "Incidents");
        List<IncidentPlot> all = report.keys().stream().flatMap(key -> key.incidents().stream())
                .sorted((a, b) -> b.incident().onset().compareTo(a.incident().onset())).toList();
        if (all.isEmpty()) {
            html.line("p", "None.");
        }
        for (IncidentPlot plot : all) {
            Incident incident = plot.incident();
            html.line("h3", plot.use().key() + ": " + incident.kind() + ", " + time(incident.onset()));
            html.line("p", String.format(Locale.ROOT,
                    "%s, seen at %s, %s. %.1f requests a step, %.1f expected; confidence"
                            + " %.0f %%. keywane alerts show %s",
                    incident.alert(), time(incident.detected()),
                    incident.resolved().map(at -> "over at " + time(at)).orElse("still open"), incident.actual(),
                    incident.expected(), 100 * incident.confidence(), incident.id()));
            html.markup(ReportPlots.incident(plot));
        }
    }

    private void rotations() {
        html.line("h2", "Rotations");
        if (report.keys().stream().allMatch(key -> key.rotations().isEmpty())) {
            html.line("p", "None.");
            return;
        }
        html.table("Rotations", List.of("key", "began", "because of", "state", "since", "why"));
        for (Report.Key key : report.keys()) {
            for (Turn turn : key.rotations()) {
                html.row(List.of(key.key(), time(turn.began()), turn.trigger(), turn.state(), time(turn.since()),
                        turn.reason()));
            }
        }
        html.endTable();
    }
}
