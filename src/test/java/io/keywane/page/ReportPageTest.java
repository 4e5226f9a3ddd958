package io.keywane.page;

import io.keywane.control.CannedResults;
import io.keywane.control.Report;
import io.keywane.control.Verb;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ReportPageTest {
    private static final Report REPORT = (Report) CannedResults.of(Verb.REPORT);

    private final String html = new ReportPage(REPORT).html();

    @Test
    void page_always_loadsNothingAndRunsNothing() {
        assertThat(html).contains("default-src 'none'").doesNotContain("<script", "http:", "https:", "style=", "src=",
                "href=", "onload", "@import", "url(");
    }

    @Test
    void policy_hashOfTheStyle_isThatOfTheStyleInThePage() throws Exception {
        String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(html).contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }

    @Test
    void text_ofTheDaemon_isEscaped() {
        assertThat(html).contains("waits for &lt;silence&gt;").doesNotContain("<silence>");
    }

    @Test
    void credits_ofADay_areSharedByRequests() {
        CreditShares shares = CreditShares.of(REPORT.wallets().getFirst(), REPORT.keys());

        assertThat(shares.names()).containsExactly("search-production", "feed-staging", "other keys", "no known key");
        assertThat(shares.days().getFirst().credits()).containsExactly(200.0, 100.0, 0.0, 0.0);
        assertThat(shares.days().getLast().credits()).as("used by no key that was seen").containsExactly(0.0, 0.0, 0.0,
                90.0);
        assertThat(shares.consumed()).isEqualTo(390);
    }

    @Test
    void credits_ofManyKeys_haveOneColourForTheSmallOnes() {
        List<Report.Key> keys = Stream.of(1, 2, 3, 4, 5, 6, 7).map(i -> new Report.Key("key-" + i, "acme", "o", "e",
                List.of(new Report.UseDay(REPORT.from(), i, 1)), List.of(), List.of())).toList();
        Report.Wallet wallet = new Report.Wallet("acme", REPORT.wallets().getFirst().balance(),
                REPORT.wallets().getFirst().forecast(), List.of(new Report.WalletDay(REPORT.from(), 28, 0)));

        CreditShares shares = CreditShares.of(wallet, keys);

        assertThat(shares.names()).startsWith("key-7", "key-6").hasSize(CreditShares.NAMED + 2);
        assertThat(shares.days().getFirst().credits().get(CreditShares.NAMED)).isEqualTo(3.0);
        assertThat(ReportPlots.credits(shares)).contains("sothers").doesNotContain("snobody", "key-1<");
    }
}
