package dev.caravan.normalise;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The states and territories of the United States, by name and code, letters alone. */
final class UsStates {

    private static final String TABLE = "al alabama ak alaska az arizona ar arkansas ca california co colorado"
            + " ct connecticut de delaware dc districtofcolumbia fl florida ga georgia hi hawaii id idaho il illinois"
            + " in indiana ia iowa ks kansas ky kentucky la louisiana me maine md maryland ma massachusetts mi michigan"
            + " mn minnesota ms mississippi mo missouri mt montana ne nebraska nv nevada nh newhampshire nj newjersey"
            + " nm newmexico ny newyork nc northcarolina nd northdakota oh ohio ok oklahoma or oregon pa pennsylvania"
            + " ri rhodeisland sc southcarolina sd southdakota tn tennessee tx texas ut utah vt vermont va virginia"
            + " wa washington wv westvirginia wi wisconsin wy wyoming as americansamoa gu guam"
            + " mp northernmarianaislands pr puertorico vi usvirginislands";

    private static final Map<String, String> BY_NAME = byName();

    private UsStates() {}

    /** The code of a state's name in lower case without spaces; codes are found too. */
    static Optional<String> code(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, String> byName() {
        Map<String, String> states = new HashMap<>();
        String[] words = TABLE.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            states.put(words[i], words[i]);
            states.put(words[i + 1], words[i]);
        }
        return Map.copyOf(states);
    }
}
