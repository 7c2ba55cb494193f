package dev.caravan.scenario.benchmark;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Posts bodies with the client that the transport has, and does nothing else: what measurements are held against. */
final class BareLoop implements AutoCloseable {

    private final CloseableHttpClient client;

    BareLoop(int concurrency) {
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(concurrency + 1)
                        .setMaxConnTotal(2 * concurrency + 2)
                        .build())
                .build();
    }

    /** The whole answer. */
    byte[] post(String url, byte[] body) throws IOException {
        HttpPost post = new HttpPost(URI.create(url));
        post.setHeader("Authorization", "Bearer token");
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return client.execute(post, reply -> EntityUtils.toByteArray(reply.getEntity()));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
