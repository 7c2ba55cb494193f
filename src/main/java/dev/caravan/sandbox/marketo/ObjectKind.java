package dev.caravan.sandbox.marketo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands beside leads.
 *
 * @param path below {@code /rest/v1/}
 * @param idField what Marketo knows one by: a number called {@code id}, or a {@code marketoGUID}
 * @param dedupe the fields by which its owner knows it, all together
 */
record ObjectKind(String name, String path, String idField, List<String> dedupe, Fields fields) {

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
    static final List<ObjectKind> CUSTOM = List.of(
            custom("car_c", List.of("vin"), "leadId integer", "make string", "model string", "mileage integer"),
            custom("subscription_c", List.of("account", "product"), "leadId integer", "plan string", "seats integer"));

    private static ObjectKind standard(String name, String idField, String dedupe, String... fields) {
        return new ObjectKind(name, name, idField, List.of(dedupe), fields(idField, List.of(dedupe), fields));
    }

    private static ObjectKind custom(String name, List<String> dedupe, String... fields) {
        return new ObjectKind(
                name, "customobjects/" + name, "marketoGUID", dedupe, fields("marketoGUID", dedupe, fields));
    }

    private static Fields fields(String idField, List<String> dedupe, String... fields) {
        Map<String, String> types = new LinkedHashMap<>();
        types.put(idField, idField.equals("id") ? "integer" : "string");
        types.put("createdAt", "datetime");
        types.put("updatedAt", "datetime");
        dedupe.forEach(field -> types.put(field, "string"));
        for (String field : fields) {
            String[] parts = field.split(" ", 2);
            types.put(parts[0], parts[1]);
        }
        return new Fields(types);
    }
}
