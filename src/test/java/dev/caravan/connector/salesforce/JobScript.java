package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.Sample.JOB;
import static dev.caravan.connector.salesforce.Sample.id;

import dev.caravan.transport.Reply;

/** Answers of Bulk 2.0, written by hand after its documentation. */
final class JobScript {

    static final Reply CREATED = answer(200, "{\"id\":\"" + JOB + "\",\"state\":\"Open\"}");
    static final Reply UPLOADED = answer(201, "");
    static final Reply CLOSED = state("UploadComplete", "");

    static Reply state(String state, String more) {
        return answer(200, "{\"id\":\"" + JOB + "\",\"state\":\"" + state + "\"" + more + "}");
    }

    static Reply done(long processed, long failed) {
        return state("JobComplete", counts(processed, failed));
    }

    static String counts(long processed, long failed) {
        return ",\"numberRecordsProcessed\":" + processed + ",\"numberRecordsFailed\":" + failed;
    }

    static Reply successes(String... rows) {
        return answer(200, "\"sf__Id\",\"sf__Created\",\"Lead_Id__c\",\"LastName\"\n" + lines(rows));
    }

    static Reply failures(String... rows) {
        return answer(200, "\"sf__Id\",\"sf__Error\",\"Lead_Id__c\",\"LastName\"\n" + lines(rows));
    }

    static Reply untouched(String... rows) {
        return answer(200, "\"Lead_Id__c\",\"LastName\"\n" + lines(rows));
    }

    static String lines(String... rows) {
        return rows.length == 0 ? "" : String.join("\n", rows) + "\n";
    }

    static String good(int i, boolean created) {
        return "\"" + id(i) + "\",\"" + created + "\",\"k" + i + "\",\"Name " + i + "\"";
    }

    private JobScript() {}
}
