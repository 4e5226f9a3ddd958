package io.keywane.cli;

import io.keywane.control.Report;
import io.keywane.control.Report.Forecast;
import io.keywane.control.Report.IncidentPlot;
import io.keywane.control.Report.Turn;
import io.keywane.control.Report.Wallet;
import io.keywane.control.UseSeriesTable.Incident;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * A report as one page of HTML: no script, nothing from elsewhere. Its policy allows the one style sheet in it by hash, and
 * nothing else.
 */
final class ReportPage {
    private final Report report;
    private final StringBuilder html = new StringBuilder();

    ReportPage(Report report) {
        this.report = report;
    }

    String html() {
        String style = resource("report.css");
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
                .append(digest(style)).append("'; base-uri 'none'; form-action 'none'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>Keywane report</title>\n<style>")
                .append(style).append("</style></head><body><main>\n<h1>Keywane report</h1>\n");
        line("p", date(report.from()) + " to " + time(report.to()) + " (UTC)");
        report.wallets().forEach(this::wallet);
        incidents();
        rotations();
        html.append("</main></body></html>\n");
        return html.toString();
    }

    private void wallet(Wallet wallet) {
        CreditShares shares = CreditShares.of(wallet, report.keys());
        line("h2", "Credits of " + wallet.organisation());
        html.append("<dl>");
        fact("left", wallet.balance().map(ReportPage::whole).orElse("not seen"));
        fact("consumed", whole(shares.consumed()));
        fact("topped up", whole(wallet.days().stream().mapToLong(Report.WalletDay::toppedUp).sum()));
        fact("run out", wallet.forecast().map(ReportPage::forecast).orElse("not in sight"));
        html.append("</dl>\n");
        html.append(ReportPlots.credits(shares));
        html.append(
                "<p class=\"note\">Consumption is read from the wallet; a day's is shared out by each key's share of the"
                        + " requests that were seen. What no known key was seen to use stands under &#8220;no known key&#8221;.</p>\n");
        html.append("<details><summary>The figures</summary><div class=\"wide\"><table><thead><tr><th>day</th>");
        shares.names().forEach(name -> line("th", name));
        html.append("<th>all</th></tr></thead><tbody>");
        for (CreditShares.Day day : shares.days()) {
            html.append("<tr>");
            line("td", date(day.day()));
            day.credits().forEach(credits -> line("td", whole(Math.round(credits))));
            line("td", whole(day.consumed()));
            html.append("</tr>");
        }
        html.append("</tbody></table></div></details>\n");
    }

    private static String forecast(Forecast forecast) {
        return time(forecast.expected()) + ", between " + time(forecast.earliest()) + " and "
                + time(forecast.latest()) + ", at " + whole(Math.round(forecast.creditsPerHour())) + " an hour";
    }

    private void incidents() {
        line("h2", "Incidents");
        List<IncidentPlot> all = report.keys().stream().flatMap(key -> key.incidents().stream())
                .sorted((a, b) -> b.incident().onset().compareTo(a.incident().onset())).toList();
        if (all.isEmpty()) {
            line("p", "None.");
        }
        for (IncidentPlot plot : all) {
            Incident incident = plot.incident();
            line("h3", plot.use().key() + ": " + incident.kind() + ", " + time(incident.onset()));
            line("p", String.format(Locale.ROOT, "%s, seen at %s, %s. %.1f requests a step, %.1f expected; confidence"
                    + " %.0f %%. keywane alerts show %s", incident.alert(), time(incident.detected()),
                    incident.resolved().map(at -> "over at " + time(at)).orElse("still open"), incident.actual(),
                    incident.expected(), 100 * incident.confidence(), incident.id()));
            html.append(ReportPlots.incident(plot));
        }
    }

    private void rotations() {
        line("h2", "Rotations");
        if (report.keys().stream().allMatch(key -> key.rotations().isEmpty())) {
            line("p", "None.");
            return;
        }
        html.append("<div class=\"wide\"><table><thead><tr><th>key</th><th>began</th><th>because of</th><th>state</th>"
                + "<th>since</th><th>why</th></tr></thead><tbody>");
        for (Report.Key key : report.keys()) {
            for (Turn turn : key.rotations()) {
                html.append("<tr>");
                List.of(key.key(), time(turn.began()), turn.trigger(), turn.state(), time(turn.since()), turn.reason())
                        .forEach(text -> line("td", text));
                html.append("</tr>");
            }
        }
        html.append("</tbody></table></div>\n");
    }

    private void fact(String name, String value) {
        html.append("<div>");
        line("dt", name);
        line("dd", value);
        html.append("</div>");
    }

    private void line(String element, String text) {
        html.append('<').append(element).append('>').append(escaped(text)).append("</").append(element).append(">\n");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String date(Instant day) {
        return day.toString().substring(0, 10);
    }

    static String time(Instant at) {
        return at.toString().substring(0, 16).replace('T', ' ');
    }

    private static String resource(String name) {
        try (InputStream stream = requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
