package dev.caravan.connector.declared.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.spec.AccountSpec;
import dev.caravan.connector.declared.spec.AuthSpec;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.connector.declared.template.Known;
import dev.caravan.destination.Action;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.YamlSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorReaderTest {

    private static final String GOOD = """
        connector: book
        title: Book
        settings:
          token: {secret: true}
          plan: {one_of: [free, paid], default: free}
          user: {when: {plan: paid}}
        base_url: https://api.example/v1
        auth:
          - {type: basic, when: {plan: paid}, username: "{{ settings.user }}", password: "{{ settings.token }}"}
          - {type: bearer, token: "{{ settings.token }}"}
        paths:
          start: [{path: "/paid/{{ settings.plan }}", when: {plan: [paid]}}, {path: /free}]
        account: {get: "{{ paths.start }}/me", at: $.id}
        headers: {X-Plan: "{{ settings.plan }}"}
        limits: {requests: [{max: 5, per: 1s, when: {plan: free}}]}
        errors:
          - {when: {status: 429}, class: rate, wait: [{header: Retry-After, as: seconds}, backoff]}
        codes: {data: [bad, "/B[0-9]+/"], otherwise: policy}
        objects:
          - names: [people, "list_{id}"]
            fields: [{name: email, key: true}]
            operations:
              upsert:
                class: A
                batch: {rows: 10, bytes: 1MB}
                request: {post: /people, query: {x: "1"}, body: {all: {each: rows, item: {k: "{{ row.key }}", t: "{{ row.trace }}"}}}}
                answers: [{join: trace_id, ok: {rows: "$.ok[*]", match: $.t}}]
              update: {same_as: upsert, nulls: omit, by_id: one, gone: missing}
            steps:
              one: {request: {put: "/people/{{ row.id }}", body: "{{ row.fields }}"}, answers: {join: single}}
        """;

    private static List<String> problems(String text) {
        LoadedConnector loaded = ConnectorReader.text(YamlSource.of("connector.yaml", text, ""), "book");
        assertThat(loaded.spec().isPresent()).isEqualTo(loaded.problems().isEmpty());
        return loaded.problems().stream().map(Problem::oneLine).toList();
    }

    @Test
    void readsWhatIsWritten() {
        LoadedConnector loaded = ConnectorReader.text(YamlSource.of("connector.yaml", GOOD, ""), "book");
        assertThat(loaded.problems()).isEmpty();
        ObjectSpec.Named named = loaded.spec().orElseThrow().object("list_7").orElseThrow();
        assertThat(named.captures()).isEqualTo(Map.of("id", "7"));
        assertThat(loaded.spec().orElseThrow().object("list_a/b")).isEmpty();
        Strategy.Batch update =
                (Strategy.Batch) named.object().operations().get(Action.UPDATE).strategy();
        assertThat(update.batch().bytes()).isEqualTo(1_000_000);
        assertThat(update.answers().getFirst().join()).isInstanceOf(Join.TraceId.class);
        assertThat(loaded.spec().orElseThrow().codes().classOf("B12")).hasToString("DATA");
        assertThat(loaded.spec().orElseThrow().codes().classOf("xB12")).hasToString("POLICY");
    }

    /** The first whose settings hold, else the last. */
    @Test
    void settingsChooseHowItIsLetIn() {
        ConnectorSpec spec = ConnectorReader.text(YamlSource.of("connector.yaml", GOOD, ""), "book")
                .spec()
                .orElseThrow();
        assertThat(spec.under(Map.of("plan", "paid")).auth()).isInstanceOf(AuthSpec.Basic.class);
        assertThat(spec.under(Map.of("plan", "free")).auth()).isInstanceOf(AuthSpec.Bearer.class);
        assertThat(spec.under(Map.of()).auth()).isInstanceOf(AuthSpec.Bearer.class);
        assertThat(asked(spec, "paid")).isEqualTo("/paid/paid/me");
        assertThat(asked(spec, "free")).isEqualTo("/free/me");
    }

    private static String asked(ConnectorSpec spec, String plan) {
        Faults faults = new Faults();
        String path = new Fill(BatchScope.of(Known.of(Map.of("plan", plan), Map.of())), faults)
                .path(((AccountSpec.Ask) spec.account()).request().path());
        assertThat(faults.none()).isTrue();
        return path;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '§', textBlock = """
        connector: book~connector: boock~connector 'boock' in the folder 'book'
        title: Book~titel: Book~did you mean 'title'?
        class: A~class: Z~'class' cannot be 'Z'
        status: 429~status: 9xx~write a status such as 404, or 5xx
        class: rate~class: rat~did you mean 'rate'?
        class: rate~class: rate, alone: true~'alone' is for transient
        $.id~.id~a selector begins with $
        $.ok[*]~$.ok[*~a bracket is not closed
        {{ row.key }}~{{ rows.key }}~did you mean 'row'?
        {{ row.key }}~{{ row.kay }}~did you mean 'key'?
        {{ row.key }}~{{ row.key | sha265 }}~did you mean 'sha256'?
        {{ row.key }}~{{ row.key | decimal }}~'decimal' with 0 arguments
        item: {k: "{{ row.key }}", t: "{{ row.trace }}"}~item: {merge: [{t: "{{ row.trace }}"}, "{{ row.key }}"]}~'merge' puts objects together
        item: {k: "{{ row.key }}", t: "{{ row.trace }}"}~item: {k: "{{ row.key }}", t: {if_field: x}}~'if_field' says of which field
        {each: rows, item: {k:~{each: rows, without: [a], item: {k:~'without' leaves out fields
        {{ row.key }}~{{ row.key | strings }}~'strings' takes fields
        {{ row.key }}~{{ row.fields | upper }}~'upper' takes one value
        {{ row.key }}~{{ row.key~'{{' is not closed
        {{ row.key }}~{{ settings.token }}~is a secret
        {{ row.key }}~{{ field.value }}~'field.value' is not known here
        {{ row.trace }}~{{ row.key }}~the request sends no row.trace
        {{ settings.plan }}~{{ row.key }}~'row.key' is not known here
        {{ settings.plan }}~{{ settings.paln }}~did you mean 'plan'?
        {{ settings.token }}~{{ login.token }}~'login.token' is not known here
        X-Plan~Authorization~is not for a connector to set
        X-Plan~X Plan~is not for a connector to set
        post: /people~post: people~a path that does not begin with a slash
        post: /people~post: "/people?x=1"~leave the query to 'query:'
        post: /people~post: "/{{ row.key }}"~'row.key' is not known here
        post: /people~post: /people/../x~a segment of dots
        post: /people~post: /people, get: /x~a request has get and post
        per: 1s~per: 1~'per' is a duration
        rows: 10~rows: 0~is between 1 and 10000000
        rows: 10~rows: ten~is a whole number
        when: {plan: free}~when: {plam: free}~did you mean 'plan'?
        {type: basic, when: {plan: paid}~{type: basic, when: {plam: paid}~did you mean 'plan'?
        {type: basic, when: {plan: paid},~{type: basic,~what stands behind this never counts
        {type: bearer,~{type: bearer, when: {plan: free},~the last one counts where no other does
        {path: /free}~{path: /free, when: {plan: free}}~the last one counts where no other does
        {path: /free}~{path: free}~a path that does not begin with a slash
        {path: /free}~{path: "{{ paths.start }}/x"}~no beginning of paths: 'start'
        {{ paths.start }}/me~{{ paths.strat }}/me~did you mean 'start'?
        {{ paths.start }}/me~{{ paths.start }}me~a path that does not begin with a slash
        {{ paths.start }}/me~{{ paths.start | upper }}/me~no beginning of paths: 'start'
        {{ paths.start }}/me~/me/{{ paths.start }}~'paths.start' is not known here
        user: {when: {plan: paid}}~user: {when: {plan: paid}, default: x}~never needed
        user: {when: {plan: paid}}~user: {when: {plam: paid}}~did you mean 'plan'?
        X-Plan~authorization~is not for a connector to set
        per: 1s~per: 25h~'per' is at most an hour, or a day
        per: 1s~per: 1s, count: rows~'count' is for limits of a day
        per: 1s~per: 1h, day: {zone: UTC}~'day' is for limits of a day
        per: 1s~per: 1d, day: {zone: Chicago}~'zone' is a time zone
        per: 1s~per: 1d, day: {zone: UTC, at: noon}~a time such as 06:00
        per: 1s~per: 1s, max_of: plan~of max, max_of
        max: 5~max_of: plan~no setting 'plan' of 'kind: number'
        same_as: upsert~same_as: update~operations that are the same as each other
        same_as: upsert~same_as: insert~no operation 'insert'
        nulls: omit~identifiers: [a]~identifiers of what is not added and removed as a whole
        by_id: one~by_id: won~no step or plain operation 'won'
        by_id: one, gone: missing~by_id: one~by_id and gone belong together
        by_id: one, gone: missing~gone: missing~by_id and gone belong together
        /people/{{ row.id }}~/people/{{ row.key }}~does not name its records by their ids
        each: rows~each: row~nothing can be made of each 'row'
        list_{id}~list_{id}{x}~cannot be taken apart
        /B[0-9]+/~/B[0-9+/~not a regular expression
        default: free~default: fre~the default is not one of the values
        https://api.example/v1~api.example~not the address of an API
        join: trace_id~join: single~answers for one row, the batch has 10
        join: trace_id~join: counts~'counts' needs numbers
        x: "1"~x: "a{{ row.key }}"~'row.key' is not known here
        nulls: omit~confirm: {get: /x, rows: "$.r[*]", match: $.k, holds: {at: $.l, is: a}}~what confirms memberships
        match: $.t}~match: $.t, when: {at: $.l, is: "{object.idd}"}}~{object.idd} is not known here
        match: $.t}~match: $.t}, rest: not_applied~has not refused the request as a whole
        match: $.t}~match: {at: $.t, by: remote_id}}~the request sends no row.id
        """)
    void saysWhatIsWrongAndWhere(String from, String to, String expected) {
        assertThat(GOOD).contains(from);
        List<String> problems = problems(GOOD.replace(from, to));
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(expected));
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem).matches("(?s)connector\\.yaml:[0-9]+:[0-9]+ .*"));
    }

    /** What nobody would wait for is not dropped in silence, and the last that counts is. */
    @Test
    void aRateIsOfAnHourAtMostOrOfADay() {
        assertThat(problems(GOOD.replace("per: 1s", "per: 60m"))).isEmpty();
        assertThat(problems(GOOD.replace("per: 1s", "per: 1d, count: rows, day: {zone: America/Chicago, at: '06:00'}")))
                .isEmpty();
        assertThat(problems(GOOD.replace("per: 1s", "per: 61m")))
                .singleElement()
                .asString()
                .startsWith("connector.yaml:15:30 ")
                .contains("connector.operation", "'per' is at most an hour", "kind: quota");
    }

    @Test
    void anAppendThatIsKnownForARepetitionSaysForHowLong() {
        String append = GOOD.replace("  upsert:", "  append:").replace("same_as: upsert", "same_as: append");
        String known = append.replace("class: A", "class: B");
        assertThat(problems(append)).isEmpty();
        assertThat(problems(known))
                .allSatisfy(problem -> assertThat(problem).contains("for nobody knows how long"))
                .first()
                .asString()
                .startsWith("connector.yaml:24:9");
        assertThat(problems(known.replace("class: B", "class: B\n        dedupe_window: 1d")))
                .isEmpty();
    }

    @Test
    void saysEverythingAtOnce() {
        String bad = GOOD.replace("class: A", "class: Q")
                .replace("$.id", "id")
                .replace("row.trace", "row.trice")
                .replace("per: 1s", "per: x");
        assertThat(problems(bad)).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void nothingHappensToWhoReadsGarbage() {
        assertThat(problems("")).hasSize(1);
        assertThat(problems("[1, 2")).hasSize(1);
        assertThat(problems("- a\n- b")).isNotEmpty();
        assertThat(problems("connector: [book]\nobjects: {a: b}\nsettings: 4\nauth: bearer\nlimits: []\n"))
                .hasSizeGreaterThan(4);
        assertThat(problems(GOOD + "    steps: " + "{a: ".repeat(50) + "}".repeat(50)))
                .isNotEmpty();
        assertThat(problems(GOOD.replace("names: [people", "names: [" + "p, ".repeat(2000) + "people")))
                .hasSize(1);
    }

    @Test
    void everyCutOfAGoodFileIsReadWithoutHarm() {
        for (int end = 0; end < GOOD.length(); end += 7) {
            problems(GOOD.substring(0, end));
        }
    }

    @Test
    void aFolderWithoutFileIsAProblem() {
        Path here = Path.of("src/test/resources/declared");
        assertThat(ConnectorReader.folder(here, here.resolve("connectors/none")).problems())
                .extracting(Problem::oneLine)
                .containsExactly("connectors/none/connector.yaml there is no such file; write it [connector.missing]");
    }
}
