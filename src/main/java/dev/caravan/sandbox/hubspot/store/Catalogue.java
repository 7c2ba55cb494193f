package dev.caravan.sandbox.hubspot.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The object types of the portal: the four everybody has, and custom ones as they are declared. */
public final class Catalogue {

    private static final int FIRST_CUSTOM = 1_000_001;

    private final List<ObjectType> types = new ArrayList<>();
    private int nextCustom = FIRST_CUSTOM;

    public Catalogue() {
        types.add(contacts());
        types.add(companies());
        types.add(deals());
        types.add(tickets());
    }

    /** The type that a path means: {@code contacts}, {@code contact}, {@code CONTACT} or {@code 0-1}. */
    public Optional<ObjectType> find(String word) {
        return types.stream()
                .filter(type -> word.equals(type.names().id())
                        || word.equals(type.names().plural())
                        || word.equalsIgnoreCase(type.names().constant()))
                .findFirst();
    }

    public Collection<ObjectType> all() {
        return List.copyOf(types);
    }

    /** Declares a custom object and gives it the next id. */
    public ObjectType declare(String name, List<Property> properties) {
        String id = "2-" + nextCustom++;
        List<String> shown = properties.stream().map(Property::name).toList();
        ObjectType type = new ObjectType(new ObjectType.Names(id, id, name), shown, properties);
        types.add(type);
        return type;
    }

    public void clear() {
        types.forEach(ObjectType::clear);
    }

    private static ObjectType contacts() {
        return new ObjectType(
                new ObjectType.Names("0-1", "contacts", "CONTACT"),
                List.of("email", "firstname", "lastname"),
                List.of(
                        Property.of("email", "string"),
                        Property.of("firstname", "string"),
                        Property.of("lastname", "string"),
                        Property.of("phone", "string"),
                        Property.of("mobilephone", "string"),
                        Property.of("company", "string"),
                        Property.of("jobtitle", "string"),
                        Property.of("website", "string"),
                        Property.of("address", "string"),
                        Property.of("city", "string"),
                        Property.of("state", "string"),
                        Property.of("zip", "string"),
                        Property.of("country", "string"),
                        Property.of("annualrevenue", "string"),
                        Property.of("closedate", "datetime"),
                        Property.of("date_of_birth", "string"),
                        Property.choice(
                                "lifecyclestage",
                                "subscriber",
                                "lead",
                                "marketingqualifiedlead",
                                "salesqualifiedlead",
                                "opportunity",
                                "customer",
                                "evangelist",
                                "other"),
                        Property.choice("hs_lead_status", "NEW", "OPEN", "IN_PROGRESS", "CONNECTED", "UNQUALIFIED"),
                        Property.system("hs_email_domain", "string"),
                        Property.system("hs_is_contact", "bool"),
                        Property.system("hs_is_unworked", "bool"),
                        Property.system("hs_all_contact_vids", "string"),
                        Property.system("hs_pipeline", "string"),
                        Property.system("hs_object_source_id", "string")));
    }

    private static ObjectType companies() {
        return new ObjectType(
                new ObjectType.Names("0-2", "companies", "COMPANY"),
                List.of("name", "domain"),
                List.of(
                        Property.of("name", "string"),
                        Property.of("domain", "string"),
                        Property.of("website", "string"),
                        Property.of("description", "string"),
                        Property.of("phone", "string"),
                        Property.of("address", "string"),
                        Property.of("city", "string"),
                        Property.of("state", "string"),
                        Property.of("zip", "string"),
                        Property.of("country", "string"),
                        Property.of("annualrevenue", "number"),
                        Property.of("numberofemployees", "number"),
                        Property.of("facebookfans", "number"),
                        Property.of("twitterhandle", "string"),
                        Property.of("closedate", "datetime"),
                        Property.choice("industry", "COMPUTER_SOFTWARE", "RETAIL", "INSURANCE", "BANKING", "OTHER"),
                        Property.choice("type", "PROSPECT", "PARTNER", "RESELLER", "VENDOR", "OTHER")));
    }

    private static ObjectType deals() {
        return new ObjectType(
                new ObjectType.Names("0-3", "deals", "DEAL"),
                List.of("amount", "closedate", "dealname", "dealstage", "pipeline"),
                List.of(
                        Property.of("dealname", "string"),
                        Property.of("amount", "number"),
                        Property.of("closedate", "datetime"),
                        Property.of("description", "string"),
                        Property.choice("pipeline", "default"),
                        Property.choice(
                                "dealstage",
                                "appointmentscheduled",
                                "qualifiedtobuy",
                                "presentationscheduled",
                                "decisionmakerboughtin",
                                "contractsent",
                                "closedwon",
                                "closedlost"),
                        Property.choice("dealtype", "newbusiness", "existingbusiness")));
    }

    private static ObjectType tickets() {
        return new ObjectType(
                new ObjectType.Names("0-5", "tickets", "TICKET"),
                List.of("content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority", "subject"),
                List.of(
                        Property.of("subject", "string"),
                        Property.of("content", "string"),
                        Property.choice("hs_pipeline", "0"),
                        Property.choice("hs_pipeline_stage", "1", "2", "3", "4"),
                        Property.choice("hs_ticket_category", "PRODUCT_ISSUE", "BILLING_ISSUE", "GENERAL_INQUIRY"),
                        Property.choice("hs_ticket_priority", "LOW", "MEDIUM", "HIGH", "URGENT")));
    }
}
