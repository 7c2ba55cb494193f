package dev.caravan.connector.salesforce;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field name that goes through a relationship, as Bulk API headers write it: {@code Account.Ext__c}, {@code Parent__r.Ext__c},
 * {@code Lead:Who.Email}.
 *
 * @param object named before the colon, for a relationship that may lead to several
 */
record LinkName(String name, Optional<String> object, String relationship, String key) {

    private static final Pattern LINK =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9_]*):)?([A-Za-z][A-Za-z0-9_]*)\\.([A-Za-z][A-Za-z0-9_]*)");

    /** The name taken apart; empty for a field of the object's own. */
    static Optional<LinkName> of(String field) {
        Matcher parts = LINK.matcher(field);
        return parts.matches()
                ? Optional.of(new LinkName(field, Optional.ofNullable(parts.group(1)), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    /** Whether it names a record type, whose ids differ from org to org and whose developer names do not. */
    boolean recordType() {
        return name.equals("RecordType.DeveloperName");
    }
}
