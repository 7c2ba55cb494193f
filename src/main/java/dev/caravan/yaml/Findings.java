package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found wrong so far. A reader that reports a problem answers with an empty Optional, and whoever gets that stays
 * silent: so one mistake is one problem. For one thread.
 */
public final class Findings {

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final List<Span> hidden = new ArrayList<>();
    private final Set<YamlNode> refused = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Notes a problem; the same one twice counts once. */
    public void report(Code code, Place place, String message, String suggestion) {
        problems.add(Problem.at(code, place, message, suggestion));
    }

    /** Notes a problem that somebody else found. */
    public void report(Problem problem) {
        problems.add(problem);
    }

    /** Notes that a value is not what it is to be, so that nobody reads it. */
    public void refuse(YamlNode node) {
        refused.add(node);
    }

    /** Whether the value is what it is to be, as far as was looked. */
    public boolean sound(YamlNode node) {
        return !refused.contains(node);
    }

    /** How many problems there are. */
    public int count() {
        return problems.size();
    }

    /** Keeps what stands in this span out of every excerpt: it is, or may be, a secret. */
    public void hide(Span span) {
        hidden.add(span);
    }

    /** Takes over what others found. */
    public void addAll(Findings other) {
        problems.addAll(other.problems);
        hidden.addAll(other.hidden);
        refused.addAll(other.refused);
    }

    /** Whether nothing is wrong. */
    public boolean none() {
        return problems.isEmpty();
    }

    /** What was found, in the order of finding, without excerpts. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The spans that no excerpt may show. */
    public List<Span> hidden() {
        return List.copyOf(hidden);
    }
}
