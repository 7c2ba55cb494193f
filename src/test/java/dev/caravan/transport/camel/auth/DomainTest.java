package dev.caravan.transport.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainTest {

    @ParameterizedTest
    @CsvSource({
        "https://login.example.co.uk/token, https://eu3.api.example.co.uk, true",
        "https://login.example.co.uk/token, https://EU3.Example.co.uk:444/v1, true",
        "https://login.example.co.uk/token, https://other.co.uk, false",
        "https://login.example.co.uk/token, https://example.co.uk.evil.test, false",
        "https://login.example.co.uk/token, https://notexample.co.uk, false",
        "https://login.example.co.uk/token, https://login.example.co.uk@evil.test, false",
        "https://login.example.co.uk/token, https://evil.test/.example.co.uk, false",
        "https://login.example.co.uk/token, https://api.listed.example, true",
        "https://login.example.co.uk/token, https://listed.example, true",
        "https://login.example.co.uk/token, https://unlisted.example, false",
        "https://login.example.co.uk/token, ftp://login.example.co.uk, false",
        "https://login.example.co.uk/token, '', false",
        "http://127.0.0.1:80/token, http://127.0.0.1:81, true",
        "http://127.0.0.1:80/token, http://127.0.0.2, false",
        "http://10.0.0.1/token, http://11.0.0.1, false",
        "http://localhost/token, http://otherhost, false",
        "https://a.github.io/token, https://b.github.io, false"
    })
    void leadsNowhereElse(String logIn, String address, boolean holds) {
        assertThat(new Domain(logIn, List.of("listed.example")).holds(address)).isEqualTo(holds);
    }
}
