package dev.caravan.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.PublishAnswer.Later;
import dev.caravan.transport.PublishAnswer.Reason;
import dev.caravan.transport.PublishAnswer.Refused;
import dev.caravan.transport.PublishAnswer.Unclear;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class SendingTest {

    @Test
    void aTimeOutBeforeTheProducerTookTheRecordIsNoDoubtAndOneAfterIs() throws InterruptedException {
        Sending never = new Sending(new CountDownLatch(1));
        never.onCompletion(null, new TimeoutException());
        assertThat(never.fate()).isEqualTo(new Later("refused"));
        Sending taken = new Sending(new CountDownLatch(1));
        assertThat(taken.fate()).isEqualTo(new Unclear("timeout"));
        Thread producer = new Thread(() -> taken.onCompletion(null, new TimeoutException()));
        producer.start();
        producer.join();
        assertThat(taken.fate()).isEqualTo(new Unclear("timeout"));
    }

    @Test
    void onlyWhatIsCertainlyNotStoredIsRefused() {
        assertThat(Sending.of(new RecordTooLargeException(), false))
                .isEqualTo(new Refused(Reason.RECORD, "record_too_large"));
        assertThat(Sending.of(new TopicAuthorizationException("t"), false))
                .isEqualTo(new Refused(Reason.RIGHTS, "not_authorized"));
        // With the right to write idempotently the producer loses its word on what is under way too.
        assertThat(Sending.of(new ClusterAuthorizationException("c"), false)).isInstanceOf(Unclear.class);
        assertThat(Sending.of(new NotEnoughReplicasAfterAppendException(""), false))
                .isEqualTo(new Unclear("notenoughreplicasafterappendexception"));
        assertThat(Sending.of(new KafkaException("closed"), false)).isInstanceOf(Unclear.class);
    }
}
