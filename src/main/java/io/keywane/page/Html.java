package io.keywane.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * A page of HTML that grows: no script, nothing from elsewhere. What is given as text is escaped; markup is given as such by
 * code only. Its policy allows the one style sheet in it by hash, and nothing else.
 */
final class Html {
    private static final String STYLE = resource("page.css");
    /** What a browser may do with a page of this kind. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; base-uri 'none'; form-action 'none'";

    private final StringBuilder html = new StringBuilder();
    private List<String> columns = List.of();

    /** Begins a page; its title is its first heading, too. */
    Html(String title) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"").append(POLICY).append("\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>").append(escaped(title))
                .append("</title>\n<style>").append(STYLE).append("</style></head><body><main>\n");
        line("h1", title);
    }

    /** Ends it. */
    String end() {
        return html.append("</main></body></html>\n").toString();
    }

    Html markup(String markup) {
        html.append(markup);
        return this;
    }

    Html line(String element, String text) {
        return line(element, "", text);
    }

    /** With attributes, as markup. */
    Html line(String element, String attributes, String text) {
        html.append('<').append(element).append(attributes).append('>').append(escaped(text)).append("</")
                .append(element).append(">\n");
        return this;
    }

    /** A name with its value, in a list of such. */
    Html fact(String name, String value) {
        return markup("<div>").line("dt", name).line("dd", value).markup("</div>");
    }

    /** Begins a table that scrolls by itself, also by keyboard, where it is too wide. */
    Html table(String caption, List<String> names) {
        columns = List.of();
        return begin("wide\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(caption), "", caption, names);
    }

    /** Begins a table whose rows become blocks on a narrow screen; the roles keep it a table for a screen reader. */
    Html stackedTable(String caption, List<String> names) {
        columns = names;
        return begin("stacked", " role=\"table\"", caption, names);
    }

    private Html begin(String place, String role, String caption, List<String> names) {
        html.append("<div class=\"").append(place).append("\"><table").append(role).append("><caption>")
                .append(escaped(caption)).append("</caption><thead").append(role("rowgroup")).append("><tr")
                .append(role("row")).append('>');
        names.forEach(name -> line("th", " scope=\"col\"" + role("columnheader"), name));
        html.append("</tr></thead><tbody").append(role("rowgroup")).append(">\n");
        return this;
    }

    private String role(String name) {
        return columns.isEmpty() ? "" : " role=\"" + name + "\"";
    }

    /** A row whose first cell names it. */
    Html row(List<String> cells) {
        html.append("<tr").append(role("row")).append('>');
        line("th", " scope=\"row\"" + role("rowheader"), cells.getFirst());
        for (int i = 1; i < cells.size(); i++) {
            String column = columns.isEmpty() ? "" : " data-column=\"" + escaped(columns.get(i)) + "\"";
            line("td", role("cell") + column, cells.get(i));
        }
        html.append("</tr>\n");
        return this;
    }

    Html endTable() {
        return markup("</tbody></table></div>\n");
    }

    /** Safe between tags and in a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String resource(String name) {
        try (InputStream stream = requireNonNull(Html.class.getResourceAsStream(name), name)) {
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
