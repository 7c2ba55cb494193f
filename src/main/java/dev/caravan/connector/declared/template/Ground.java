package dev.caravan.connector.declared.template;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a template may name at its place in the file.
 *
 * @param roots what is known there
 * @param settings the names of settings, {@code secrets} among them
 * @param secrets those of them that are secret
 * @param open whether secrets may be named
 * @param login the names that the log-in captures
 * @param captures the parts of the object's name
 * @param job the names that creating a job captures
 * @param found the names that a search captures
 */
public record Ground(
        Set<Root> roots,
        Set<String> settings,
        Set<String> secrets,
        boolean open,
        Set<String> login,
        Set<String> captures,
        Set<String> job,
        Set<String> found) {

    public Ground {
        roots = roots.isEmpty() ? EnumSet.noneOf(Root.class) : EnumSet.copyOf(roots);
    }

    /** Where the connection is known and nothing else. */
    public static Ground of(Set<String> settings, Set<String> secrets, Set<String> login) {
        Set<Root> roots = login.isEmpty() ? EnumSet.of(Root.SETTINGS) : EnumSet.of(Root.SETTINGS, Root.LOGIN);
        return new Ground(roots, settings, secrets, false, login, Set.of(), Set.of(), Set.of());
    }

    /** Where requests are let in: secrets may be named, the log-in not. */
    public Ground auth() {
        return new Ground(EnumSet.of(Root.SETTINGS), settings, secrets, true, Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** Where an object is spoken of. */
    public Ground about(Set<String> parts) {
        return new Ground(more(Root.OBJECT), settings, secrets, open, login, parts, job, found);
    }

    /** Where these are known too. */
    public Ground with(Root... more) {
        return new Ground(more(more), settings, secrets, open, login, captures, job, found);
    }

    /** Where these are not known. */
    public Ground without(Root... less) {
        Set<Root> fewer = EnumSet.copyOf(roots);
        fewer.removeAll(Set.of(less));
        return new Ground(fewer, settings, secrets, open, login, captures, job, found);
    }

    /** Where a job is under way. */
    public Ground inJob(Set<String> names) {
        return new Ground(more(Root.JOB), settings, secrets, open, login, captures, names, found);
    }

    /** Where a record was looked for. */
    public Ground found(Set<String> names) {
        return new Ground(more(Root.FOUND), settings, secrets, open, login, captures, job, names);
    }

    /** Whether the row may be named. */
    public boolean knows(Root root) {
        return roots.contains(root);
    }

    private Set<Root> more(Root... more) {
        Set<Root> all = roots.isEmpty() ? EnumSet.noneOf(Root.class) : EnumSet.copyOf(roots);
        all.addAll(Set.of(more));
        return all;
    }
}
