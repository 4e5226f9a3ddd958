package io.keywane.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BaseUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://connect.jobo.world", "https://connect.jobo.world:8443", "https://192.0.2.7",
        "https://[2001:db8::7]", "https://10.0.0.1", "http://127.0.0.1:9000", "http://127.8.9.10", "http://[::1]:80",
        "http://localhost:1", "http://LOCALHOST"})
    void check_hostThatMayGetKeys_passes(String url) {
        assertThatCode(() -> BaseUrl.check(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://connect.jobo.world", "http://10.0.0.1", "http://localhost.example.com",
        "http://127.0.0.1.example.com", "http://[::2]"})
    void check_plainHttpElsewhere_isRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.check(URI.create(url)))
                .withMessageContaining("a key is never sent in clear");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://169.254.169.254", "https://[fe80::1]", "https://[::ffff:169.254.169.254]",
        "https://[::ffff:a9fe:a9fe]"})
    void check_linkLocalAddress_isRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.check(URI.create(url)))
                .withMessageContaining("link-local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://metadata.google.internal", "https://METADATA.google.internal.",
        "https://100.100.100.200",
        "https://[fd00:ec2::254]", "https://192.0.0.192", "https://168.63.129.16"})
    void check_metadataService_isRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.check(URI.create(url)))
                .withMessageContaining("metadata service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://2852039166", "https://0xa9fea9fe", "https://169.254.43518", "http://127.1",
        "https://0251.0376.0251.0376", "https://300.1.1.1"})
    void check_addressInAnUnusualForm_isRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.check(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user@host.example", "https://host.example/api", "https://host.example?x=1",
        "https://host.example#x", "ftp://host.example", "https:opaque", "host.example", "https://0.0.0.0",
        "https://host.example:0", "https://host.example:70000", "https://[ff02::1]"})
    void check_urlThatIsNoBase_isRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.check(URI.create(url)))
                .withMessageStartingWith("base_url must");
    }

    @Test
    void isLoopback_onlyLiteralNames_areThisHost() {
        assertThat(BaseUrl.isLoopback(URI.create("https://127.0.0.2"))).isTrue();
        assertThat(BaseUrl.isLoopback(URI.create("https://[::1]"))).isTrue();
        assertThat(BaseUrl.isLoopback(URI.create("https://localhost"))).isTrue();
        assertThat(BaseUrl.isLoopback(URI.create("https://connect.jobo.world"))).isFalse();
        assertThat(BaseUrl.isLoopback(URI.create("https://127.0.0.1.example.com"))).isFalse();
    }
}
