package dev.caravan.sandbox.marketo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands beside leads.
 *
 * @param path below {@code /rest/v1/}
 * @param idField what Marketo knows one by: a number called {@code id}, or a {@code marketoGUID}
 * @param dedupe the one field by which its owner knows it
 */
record ObjectKind(String name, String path, String idField, String dedupe, Fields fields) {

    static final List<ObjectKind> STANDARD = List.of(
            standard(
                    "companies",
                    "id",
                    "externalCompanyId",
                    "company string",
                    "industry string",
                    "website url",
                    "mainPhone phone",
                    "billingCity string",
                    "billingCountry string",
                    "numberOfEmployees integer",
                    "annualRevenue currency",
                    "externalSalesPersonId string"),
            standard(
                    "opportunities",
                    "marketoGUID",
                    "externalOpportunityId",
                    "name string",
                    "description text",
                    "stage string",
                    "type string",
                    "amount currency",
                    "probability integer",
                    "closeDate date",
                    "isClosed boolean",
                    "isWon boolean",
                    "externalCompanyId string",
                    "externalSalesPersonId string"),
            standard(
                    "salespersons",
                    "id",
                    "externalSalesPersonId",
                    "email email",
                    "firstName string",
                    "lastName string",
                    "title string",
                    "phone phone"));

    /** Custom ones are below a path of their own; a lead they name has to be there. */
    static final List<ObjectKind> CUSTOM = List.of(new ObjectKind(
            "car_c",
            "customobjects/car_c",
            "marketoGUID",
            "vin",
            fields("marketoGUID", "vin", "leadId integer", "make string", "model string", "mileage integer")));

    private static ObjectKind standard(String name, String idField, String dedupe, String... fields) {
        return new ObjectKind(name, name, idField, dedupe, fields(idField, dedupe, fields));
    }

    private static Fields fields(String idField, String dedupe, String... fields) {
        Map<String, String> types = new LinkedHashMap<>();
        types.put(idField, idField.equals("id") ? "integer" : "string");
        types.put("createdAt", "datetime");
        types.put("updatedAt", "datetime");
        types.put(dedupe, "string");
        for (String field : fields) {
            String[] parts = field.split(" ", 2);
            types.put(parts[0], parts[1]);
        }
        return new Fields(types);
    }
}
