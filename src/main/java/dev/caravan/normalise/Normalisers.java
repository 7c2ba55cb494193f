package dev.caravan.normalise;

import static dev.caravan.normalise.Named.form;
import static dev.caravan.normalise.Named.hash;
import static dev.caravan.normalise.Named.id;
import static dev.caravan.normalise.Named.local;
import static dev.caravan.normalise.Named.open;
import static dev.caravan.normalise.Named.plain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of all normalisers and hashes. What is not in it does not exist: there is no code in workspaces. */
public final class Normalisers {

    private static final Map<String, Named> TABLE = table(List.of(
            plain("trim", (text, country) -> Normalised.of(text)),
            plain("lower", (text, country) -> new Normalised.Text(Texts.lower(text))),
            plain("upper", (text, country) -> new Normalised.Text(Texts.upper(text))),
            form("email", (text, country) -> Emails.plain(text)),
            local("phone.e164", Phones::e164),
            form("google.email", (text, country) -> Emails.google(text)),
            local("google.phone", Phones::e164),
            form("google.given_name", (text, country) -> Google.givenName(text)),
            form("google.family_name", (text, country) -> Google.familyName(text)),
            open("google.region", (text, country) -> Google.region(text)),
            open("google.postal_code", (text, country) -> Google.postalCode(text)),
            form("meta.email", (text, country) -> Emails.plain(text)),
            local("meta.phone", Phones::meta),
            form("meta.first_name", (text, country) -> Meta.name(text)),
            form("meta.last_name", (text, country) -> Meta.name(text)),
            form("meta.city", (text, country) -> Meta.name(text)),
            local("meta.state", Meta::state),
            local("meta.zip", Meta::zip),
            form("meta.country", (text, country) -> Meta.country(text)),
            form("meta.gender", (text, country) -> Meta.gender(text)),
            form("meta.dob", (text, country) -> Births.date(text)),
            form("meta.dob_year", (text, country) -> Births.year(text)),
            form("meta.dob_month", (text, country) -> Births.month(text)),
            form("meta.dob_day", (text, country) -> Births.day(text)),
            open("meta.madid", (text, country) -> Meta.madid(text)),
            id("meta.extern_id", (text, country) -> Normalised.of(text)),
            form("linkedin.email", (text, country) -> Emails.plain(text)),
            form("tiktok.email", (text, country) -> Emails.plain(text)),
            local("tiktok.phone", Phones::e164),
            hash("sha256.hex", (text, country) -> Hashes.hex(text)),
            hash("sha256.hex_upper", (text, country) -> Hashes.upperHex(text)),
            hash("sha256.base64", (text, country) -> Hashes.base64(text))));

    private Normalisers() {}

    /** Every name, in the order of the documentation. */
    public static List<String> names() {
        return List.copyOf(TABLE.keySet());
    }

    /** The normaliser of one name without argument. */
    public static Optional<Normaliser> find(String name) {
        return named(name).map(found -> new Normaliser(List.of(new Normaliser.Part(found, Optional.empty()))));
    }

    /**
     * Compiles names joined by {@code |}, some with a country behind a colon: {@code google.phone: DE | sha256.hex}. The country is
     * what a text without one is taken to be of.
     */
    public static Compiled compile(String pipe) {
        return new Pipe(pipe).compile();
    }

    static Optional<Named> named(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    private static Map<String, Named> table(List<Named> entries) {
        Map<String, Named> table = new LinkedHashMap<>();
        entries.forEach(entry -> table.put(entry.name(), entry));
        return table;
    }
}
