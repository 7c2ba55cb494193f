package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.template.TextTemplate;

/** Which account answers: part of the identity of a target, so that another account's snapshot is never written to. */
public sealed interface AccountSpec {

    /** The API tells. */
    record Ask(RequestSpec request, Selector at) implements AccountSpec {}

    /** It does not, or the log-in has told already: this text names it, out of settings that are no secrets, or log-in. */
    record Of(TextTemplate text) implements AccountSpec {}
}
