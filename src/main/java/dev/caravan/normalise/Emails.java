package dev.caravan.normalise;

import dev.caravan.normalise.Normalised.Unusable;
import java.util.Set;
import java.util.function.BinaryOperator;

/** E-mail addresses. */
final class Emails {

    /** Google delivers to one mailbox whatever dots and {@code +tags} an address of these domains has. */
    private static final Set<String> GMAIL = Set.of("gmail.com", "googlemail.com");

    private Emails() {}

    /** Trimmed, in lower case: what most platforms compare. */
    static Normalised plain(String text) {
        return parts(text, (local, domain) -> local);
    }

    /** As plain; of Gmail addresses without dots and without what follows a plus. */
    static Normalised google(String text) {
        return parts(text, (local, domain) -> GMAIL.contains(domain) ? mailbox(local) : local);
    }

    private static Normalised parts(String text, BinaryOperator<String> local) {
        String email = Texts.lower(Texts.ascii(Texts.clean(text)));
        int at = email.indexOf('@');
        if (at < 1 || at == email.length() - 1 || at != email.lastIndexOf('@') || Texts.hasSpace(email)) {
            return new Unusable("not_an_email");
        }
        String domain = email.substring(at + 1);
        String mailbox = local.apply(email.substring(0, at), domain);
        return mailbox.isEmpty() ? new Unusable("not_an_email") : Normalised.of(mailbox + "@" + domain);
    }

    private static String mailbox(String local) {
        int plus = local.indexOf('+');
        return (plus < 0 ? local : local.substring(0, plus)).replace(".", "");
    }
}
