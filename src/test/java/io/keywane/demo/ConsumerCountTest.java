package io.keywane.demo;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsumerCountTest {
    private static final ConsumerCount NONE = new ConsumerCount("demo-consumer-1", 0, 0);

    @Test
    void count_oneSuccessAndOneRefusal_countsBothAsRequests() {
        assertThat(NONE.with(true).with(false)).isEqualTo(new ConsumerCount("demo-consumer-1", 2, 1));
    }

    @Test
    void line_ofACount_readsAsTheSameCount() {
        ConsumerCount count = NONE.with(true);

        assertThat(count.toLine()).isEqualTo("{\"consumer\":\"demo-consumer-1\",\"requests\":1,\"refused\":0}");
        assertThat(ConsumerCount.ofLine(count.toLine())).contains(count);
    }

    @Test
    void line_ofSomethingElse_isNoCount() {
        assertThat(ConsumerCount.ofLine("{\"consumer\":\"demo-cons")).isEmpty();
        assertThat(ConsumerCount.ofLine("Picked up JAVA_TOOL_OPTIONS")).isEmpty();
    }
}
