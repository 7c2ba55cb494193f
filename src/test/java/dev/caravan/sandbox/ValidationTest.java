package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest extends SandboxTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'LastName':null | REQUIRED_FIELD_MISSING | Required fields are missing: [LastName] | LastName
            'Company':'' | REQUIRED_FIELD_MISSING | Required fields are missing: [Company] | Company
            'Ref__c':'123456789012345678901' | STRING_TOO_LONG | Ref: data value too large: 123456789012345678901 (max length=20) | Ref__c
            'Grade__c':'E' | INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST | Grade: bad value for restricted picklist field: E | Grade__c
            'Email':'a@b' | INVALID_EMAIL_ADDRESS | Email: invalid email address: a@b | Email
            'Lead_Score__c':10000000000000000 | NUMBER_OUTSIDE_VALID_RANGE | Lead Score: value outside of valid range on numeric field: 10000000000000000 | Lead_Score__c
            'NumberOfEmployees':100000000 | NUMBER_OUTSIDE_VALID_RANGE | Employees: value outside of valid range on numeric field: 100000000 | NumberOfEmployees
            'OwnerId':'x' | MALFORMED_ID | Owner ID: id value of incorrect type: x | OwnerId
            'Opted_In__c':null | INVALID_TYPE_ON_FIELD_IN_RECORD | Opted In: value not of required type: | Opted_In__c
            """)
    void aValueTheFieldCannotHoldIsRefused(String field, String code, String message, String name) throws Exception {
        JsonNode error = upsertLead("L1", "," + q(field)).path("errors").path(0);
        assertThat(error.path("statusCode").asText()).isEqualTo(code);
        assertThat(error.path("message").asText().strip()).isEqualTo(message);
        assertThat(error.path("fields").path(0).asText()).isEqualTo(name);
        assertThat(sandbox.records("Lead")).isEmpty();
    }

    @Test
    void readOnlyFieldsAreRefusedTogether() throws Exception {
        JsonNode error = upsertLead("L1", q(",'CreatedDate':'2026-01-01T00:00:00Z','Name':'x'"))
                .path("errors")
                .path(0);
        assertThat(error.path("statusCode").asText()).isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
        assertThat(error.path("message").asText()).startsWith("Unable to create/update fields: CreatedDate, Name.");
        assertThat(error.path("fields").size()).isEqualTo(2);
    }

    @Test
    void aUniqueValueHasOneHolder() throws Exception {
        JsonNode first = upsertLead("L1", q(",'Ref__c':'r'"));
        JsonNode second = client.upsert(
                        "Lead/Ref__c",
                        q("[{'attributes':{'type':'Lead'},'Ref__c':'other',"
                                + "'LastName':'x','Company':'y','Lead_Id__c':'l1'}]"))
                .json()
                .path(0);
        JsonNode error = second.path("errors").path(0);
        assertThat(error.path("statusCode").asText()).isEqualTo("DUPLICATE_VALUE");
        assertThat(error.path("message").asText())
                .isEqualTo("duplicate value found: Lead_Id__c duplicates value on record with id: "
                        + first.path("id").asText());
        assertThat(error.path("fields").isEmpty()).isTrue();
    }

    @Test
    void valuesAreKeptAndShownInTheirTypes() throws Exception {
        upsertLead(
                "L1",
                q(",'Lead_Score__c':0.123456,'Scored_At__c':'2026-02-03T04:05:06.789+02:00',"
                        + "'Scored_On__c':'2026-02-03','Call_At__c':'10:30:00.000Z','NumberOfEmployees':12,"
                        + "'AnnualRevenue':'1000','FirstName':'Jo','City':'Ulm'"));
        JsonNode lead = leadRecord("L1");
        assertThat(lead.path("Lead_Score__c").asDouble())
                .as("more decimals than the scale")
                .isEqualTo(0.123456);
        assertThat(lead.path("Scored_At__c").asText()).isEqualTo("2026-02-03T02:05:06.789+0000");
        assertThat(lead.path("Scored_On__c").asText()).isEqualTo("2026-02-03");
        assertThat(lead.path("Call_At__c").asText()).isEqualTo("10:30:00.000Z");
        assertThat(lead.path("NumberOfEmployees").toString()).isEqualTo("12");
        assertThat(lead.path("AnnualRevenue").toString()).isEqualTo("1000.0");
        assertThat(lead.path("Name").asText()).isEqualTo("Jo Smith");
        assertThat(lead.path("Opted_In__c").asBoolean(true)).isFalse();
        assertThat(lead.path("Address").path("city").asText()).isEqualTo("Ulm");
        assertThat(lead.path("Status").asText()).isEqualTo("Open - Not Contacted");
        assertThat(lead.path("SystemModstamp").asText()).isEqualTo("2026-03-01T08:00:00.000+0000");
    }

    @Test
    void nullAndEmptyTextClear() throws Exception {
        upsertLead("L1", q(",'Title':'Boss','Description':'x','Lead_Score__c':1"));
        upsertLead("L1", q(",'Title':'','Description':null,'Lead_Score__c':null"));
        JsonNode lead = leadRecord("L1");
        assertThat(lead.has("Title") || lead.has("Description") || lead.has("Lead_Score__c"))
                .isFalse();
    }

    @Test
    void aReferenceMustExist() throws Exception {
        String contact =
                q("[{'attributes':{'type':'Contact'},'Ext__c':'c','LastName':'x','AccountId':'001Sb0000000zzz'}]");
        JsonNode result = client.upsert("Contact/Ext__c", contact).json().path(0);
        assertThat(result.path("errors").path(0).path("statusCode").asText()).isEqualTo("INVALID_CROSS_REFERENCE_KEY");
    }
}
