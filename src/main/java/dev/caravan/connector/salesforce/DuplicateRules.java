package dev.caravan.connector.salesforce;

/** What becomes of a record that an org's duplicate rules take for one that is there. */
public enum DuplicateRules {
    /** It is refused and waits for a person. */
    OBEY,
    /** It is saved wherever the rule lets a person save it all the same; a rule that blocks still does. */
    BYPASS
}
