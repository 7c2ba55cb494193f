package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagesTest extends VendorTests {

    @Override
    String vendor() {
        return "hubspot";
    }

    @Override
    String[] credentials() {
        return new String[] {"Authorization", "Bearer pat-na1-caravan-demo"};
    }

    @Test
    void aPersonSeesWhatEachDestinationHolds() throws Exception {
        for (int i = 0; i < 51; i++) {
            post("/crm/v3/objects/contacts", "{'properties':{'email':'p" + i + "@x.org','lastname':'<b>L&M</b>'}}");
        }
        Client.Answer all = control("GET", "/pages", "");
        assertThat(all.text())
                .contains("<h2>Salesforce</h2>", "<h2>HubSpot</h2>", "href=\"/__sandbox/pages/hubspot/contacts\"")
                .contains(">51</td>");
        Client.Answer contacts = control("GET", "/pages/hubspot/contacts", "");
        assertThat(contacts.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(contacts.text())
                .contains("1 to 50 of 51", "&lt;b&gt;L&amp;M&lt;/b&gt;", "offset=50")
                .doesNotContain("<b>L");
        assertThat(control("GET", "/pages/hubspot/contacts?offset=50", "").text())
                .contains("p50@x.org");
        assertThat(control("GET", "/pages/salesforce/Lead", "").text()).contains("none");
        assertThat(control("GET", "/pages/hubspot/nothing", "").status()).isEqualTo(404);
        assertThat(sandbox.vendors().all())
                .allSatisfy(vendor -> assertThat(
                                control("GET", "/pages/" + vendor.name(), "").status())
                        .isEqualTo(200));
    }
}
