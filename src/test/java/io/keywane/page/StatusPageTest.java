package io.keywane.page;

import io.keywane.control.AlertList;
import io.keywane.control.CannedResults;
import io.keywane.control.GateStatus;
import io.keywane.control.GroupHealth;
import io.keywane.control.IntakeStatus;
import io.keywane.control.KeySummary;
import io.keywane.control.Report;
import io.keywane.control.RotationStatus;
import io.keywane.control.RotationSummary;
import io.keywane.control.Verb;
import io.keywane.control.VersionSummary;
import io.keywane.key.Stage;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import static io.keywane.control.CannedResults.NOON;
import static org.assertj.core.api.Assertions.assertThat;

class StatusPageTest {
    /** Text that would be markup, an attribute's end, a script or an entity if it were not escaped. */
    private static final String HOSTILE = "<script>alert(1)</script>\" onload='x' &amp; %s </svg>]]>";
    private static final String CANARY = "canary-of-a-person";

    private final String html = StatusPage.html(view(CannedResults.status(CannedResults.ROTATION)));

    /** A drain that came to an end: the leaving key's use falls to nothing, with a hole in the middle. */
    private static StatusView.Drain drain() {
        List<StatusView.Step> steps = IntStream.range(0, 40)
                .mapToObj(i -> new StatusView.Step(NOON.plusSeconds(60L * i),
                        i == 20 || i == 21 ? Optional.empty() : Optional.of(i < 25 ? 40.0 - 1.6 * i : 0.0),
                        Optional.of(i < 5 ? 0.0 : Math.min(40, 1.6 * i))))
                .toList();
        return new StatusView.Drain("0a1b2c3d", Duration.ofMinutes(1), Optional.of(NOON.plusSeconds(300)),
                Optional.of(NOON.plusSeconds(1_500)), steps);
    }

    private static StatusView view(RotationStatus status) {
        AlertList alerts = (AlertList) CannedResults.of(Verb.ALERTS_LIST);
        return view(alerts.alerts(), CannedResults.SUMMARY, status);
    }

    private static StatusView view(List<AlertList.Alert> alerts, KeySummary summary, RotationStatus status) {
        return new StatusView(NOON.plusSeconds(2_400), "0.1.0", alerts,
                List.of(new StatusView.Key(summary, status, List.of(drain()))),
                ((Report) CannedResults.of(Verb.REPORT)).wallets());
    }

    @Test
    void page_ofADrain_tellsWhatAPersonAsks() {
        assertThat(html).contains("search-production: draining",
                "Waits until the old key has been silent for its quiet period.",
                "<code>keywane rotation waive search-production --gate quiet --reason TEXT</code>",
                "26 min more; at the earliest 2026-11-24 12:26", "the wallet was not looked into lately",
                "feed: share_of_limit 0.0056 would do", "warning: KeywaneCreditsLow, acme",
                "Balance 90 is below 100. Since 2026-11-24 10:00",
                "<code>keywane usage search-production --since 24h</code>", "somebody has taken it on",
                "general: valid, accepted 40m ago; feed: unknown (timeout), not accepted yet", "90 of 360 left",
                "2026-11-24 14:30, between 2026-11-24 14:00 and 2026-11-24 15:00, at 480 an hour");
    }

    @Test
    void page_always_loadsNothingAndRunsNothing() {
        assertThat(html).doesNotContain("<script", "http:", "https:", "style=", "src=", "onload", "@import", "url(",
                "<form", "<iframe", "<object", "<img", "<link");
        assertThat(Pattern.compile("href=\"([^\"]*)\"").matcher(html).results().map(m -> m.group(1)))
                .isNotEmpty().allMatch(target -> target.startsWith("#"));
    }

    @Test
    void policy_hash_isThatOfTheOnlyStyleInThePage() throws Exception {
        String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(StatusPage.policy()).startsWith("default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(digest) + "';").contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "data:", "*");
        assertThat(html.split("<style", -1)).hasSize(2);
    }

    @Test
    void hostileText_inEveryField_staysText() throws Exception {
        KeySummary summary = new KeySummary(HOSTILE, HOSTILE, HOSTILE, HOSTILE, Optional.of(version(HOSTILE)),
                List.of(new GroupHealth(HOSTILE, Optional.of(HOSTILE), Optional.of(HOSTILE), Optional.of(NOON),
                        Optional.of(NOON), Optional.of(1L), Optional.of(1L), Optional.of(1.0))),
                Optional.of(rotation(HOSTILE)), Optional.of(HOSTILE), List.of(version(HOSTILE)));
        GateStatus gate = new GateStatus(HOSTILE, false, true, Optional.of(HOSTILE), HOSTILE, HOSTILE,
                Optional.of(HOSTILE), Optional.empty(), Optional.of(HOSTILE));
        RotationStatus status = new RotationStatus(HOSTILE, Optional.of(rotation(HOSTILE)),
                Optional.of(version(HOSTILE)), List.of(version(HOSTILE)), List.of(gate), List.of(), List.of(),
                List.of(HOSTILE), List.of(HOSTILE),
                Optional.of(new IntakeStatus(HOSTILE, HOSTILE, HOSTILE, Optional.of(HOSTILE), Optional.of(NOON))),
                Optional.of(HOSTILE), Optional.empty(), Optional.of(HOSTILE));
        AlertList.Alert alert = new AlertList.Alert(HOSTILE, HOSTILE, Optional.of(HOSTILE), Optional.of(HOSTILE), NOON,
                HOSTILE, HOSTILE, HOSTILE, Optional.of(HOSTILE));
        StatusView.Drain drain = new StatusView.Drain(HOSTILE, Duration.ofMinutes(1), Optional.empty(),
                Optional.empty(), drain().steps());
        String page = StatusPage.html(new StatusView(NOON, HOSTILE, List.of(alert),
                List.of(new StatusView.Key(summary, status, List.of(drain))),
                List.of(new Report.Wallet(HOSTILE, Optional.of(1L), Optional.empty(), List.of()))));

        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script", "\" onload", "'x'", "</svg>]]");
        assertThat(elements(parsed(page)).map(Element::getTagName)).doesNotContain("script");
        assertThat(elements(parsed(page)).flatMap(StatusPageTest::attributes)).noneMatch(a -> a.startsWith("on"));
    }

    @Test
    void canary_inWhatPersonsWroteOrOnlyTheSocketTells_isNotShown() {
        RotationStatus status = new RotationStatus("search", Optional.of(rotation("draining")),
                Optional.of(version("x")), List.of(version("x")),
                List.of(new GateStatus("quiet", false, true, Optional.of(CANARY), "r", "k", Optional.empty(),
                        Optional.empty(), Optional.empty())),
                List.of(), List.of(), List.of(), List.of(), Optional.of(new IntakeStatus(CANARY, "w", "s",
                        Optional.of(CANARY), Optional.empty())),
                Optional.of(CANARY), Optional.empty(), Optional.of(CANARY));
        KeySummary summary = new KeySummary("search", "acme", CANARY, "live", Optional.of(version("x")), List.of(),
                Optional.of(rotation("draining")), Optional.of(CANARY), List.of(version("x")));
        AlertList.Alert alert = new AlertList.Alert("KeywaneX", "warning", Optional.empty(), Optional.empty(), NOON,
                "s", "c", "id", Optional.of(CANARY));

        assertThat(StatusPage.html(view(List.of(alert), summary, status))).doesNotContain(CANARY);
    }

    @Test
    void flaggedVersion_isShownAsOneThatAPersonRevokes() {
        VersionSummary flagged = new VersionSummary("id", "0a1b2c3d", Stage.FLAGGED, NOON, "w", "s", Optional.empty(),
                Optional.empty(), NOON, false, List.of());
        RotationStatus status = new RotationStatus("search", Optional.of(CannedResults.rotation("flagged", true)),
                Optional.of(CannedResults.NEW), List.of(flagged), List.of(), List.of(), List.of(),
                List.of("keywane rotation confirm-revoked search"), List.of());

        assertThat(StatusPage.html(view(status))).contains("0a1b2c3d, flagged since 2026-11-24 12:00: to be revoked in"
                + " the vendor&#39;s dashboard by a person.", "<code>keywane rotation confirm-revoked search</code>");
    }

    @Test
    void quietFleet_saysSo() {
        String page = StatusPage.html(new StatusView(NOON, "0.1.0", List.of(), List.of(), List.of()));

        assertThat(page).contains("0 alerts, 0 keys on the move, 0 keys in all", "None fires.",
                "No rotation is open, and no key leaves.", "None is configured.");
    }

    /** What a checker of accessibility looks at first; the page is well-formed enough to be read as XML. */
    @Test
    void page_read_hasHeadingsInOrderHeadersAndAlternatives() throws Exception {
        Document page = parsed(html);
        List<Integer> levels = elements(page).map(Element::getTagName).filter(tag -> tag.matches("h[1-6]"))
                .map(tag -> tag.charAt(1) - '0').toList();
        assertThat(levels).startsWith(1).containsOnlyOnce(1);
        for (int i = 1; i < levels.size(); i++) {
            assertThat(levels.get(i)).as("heading " + i + " skips no level").isLessThanOrEqualTo(levels.get(i - 1) + 1);
        }
        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(page.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
        assertThat(elements(page).filter(e -> e.getTagName().equals("table"))).isNotEmpty().allSatisfy(table -> {
            assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
            assertThat(list(table.getElementsByTagName("th"))).isNotEmpty()
                    .allMatch(th -> Set.of("row", "col").contains(th.getAttribute("scope")));
        });
        assertThat(elements(page).filter(e -> e.getTagName().equals("svg"))).isNotEmpty()
                .allMatch(svg -> svg.getAttribute("aria-hidden").equals("true")
                        || (svg.getAttribute("role").equals("img") && svg.getAttribute("aria-label").length() > 20));
        assertThat(elements(page).filter(e -> e.hasAttribute("tabindex")))
                .allMatch(e -> e.getAttribute("role").equals("region") && !e.getAttribute("aria-label").isBlank());
        assertThat(elements(page).filter(e -> e.hasAttribute("data-column")))
                .as("a cell that is shown as a block keeps its role").isNotEmpty()
                .allMatch(e -> e.getAttribute("role").equals("cell"));
        List<String> ids = elements(page).map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids).contains("alerts", "rotations", "keys", "credits");
        assertThat(html).contains("name=\"viewport\"", "prefers-color-scheme: dark");
    }

    @Test
    void picture_inWords_saysWhatItShows() {
        assertThat(DrainPlot.inWords("search", drain())).isEqualTo("Drain of the leaving key of search: in 40m others"
                + " sent 506 requests with it, the last seen in the step from 2026-11-24 12:24, and 1,064 with the current"
                + " key; silence is proven since 2026-11-24 12:25; 2 of 40 steps were not observed");
    }

    /** A hole in what was seen is a hole in the line: it begins anew behind it. */
    @Test
    void picture_stepsNotObserved_areAGap() {
        String line = html.substring(html.indexOf("class=\"old\""));
        String path = line.substring(0, line.indexOf("/>"));

        assertThat(path.chars().filter(c -> c == 'M').count()).isEqualTo(2);
        assertThat(path.split("[ML]", -1)).hasSize(38 + 1);
    }

    /** Left behind to be looked at. */
    @Test
    void page_written_isThere() throws Exception {
        Path file = Files.writeString(Files.createDirectories(Path.of("target")).resolve("status.html"), html);

        assertThat(file).content().endsWith("</html>\n");
    }

    private static VersionSummary version(String text) {
        return new VersionSummary(text, text, Stage.RETIRING, NOON, text, text, Optional.of(CANARY),
                Optional.of(CANARY), NOON, false, List.of());
    }

    private static RotationSummary rotation(String text) {
        return new RotationSummary(text, text, text, false, true, text, text, NOON, NOON, Optional.of(version(text)),
                Optional.of(version(text)), Optional.of(NOON), Optional.of(NOON), Optional.of(CANARY));
    }

    /** As XML: the elements that HTML leaves open are closed first. */
    private static Document parsed(String page) throws Exception {
        String xml = page.replaceFirst("<!doctype html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static Stream<Element> elements(Document page) {
        return list(page.getElementsByTagName("*")).stream();
    }

    private static List<Element> list(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Stream<String> attributes(Element element) {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(i -> element.getAttributes().item(i).getNodeName());
    }
}
