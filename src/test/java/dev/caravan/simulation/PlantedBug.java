package dev.caravan.simulation;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Destination;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Leases;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.Target;
import dev.caravan.pipeline.Step;
import dev.caravan.simulation.fake.CommitHook;
import dev.caravan.simulation.fake.MemoryLedger;
import dev.caravan.simulation.fake.MemoryWarehouse;
import dev.caravan.simulation.fake.MemoryWarehouse.ModelRow;
import dev.caravan.source.Engine;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mistakes that a worker could make, each in one collaborator. The oracle is worth what it makes of them. */
enum PlantedBug {
    TIMEOUT_TAKEN_AS_FAILURE(transport(reply -> reply instanceof Reply.Lost ? Wire.REFUSED : reply)),
    TIMEOUT_TAKEN_AS_SUCCESS(outcomes((batch, reply) -> reply instanceof Reply.Lost ? "updated" : "")),
    SERVER_ERROR_TAKEN_AS_REFUSAL(status(500, "bad")),
    SERVER_ERROR_TAKEN_AS_SUCCESS(status(503, "updated")),
    BUSY_TAKEN_AS_SUCCESS(status(429, "updated")),
    REFUSED_TOGETHER_TAKEN_AS_REFUSED_EACH(status(400, "bad")),
    SHORT_ANSWER_FILLED_UP(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected List<Outcome> answered(Batch batch, List<String> lines) {
            List<String> filled = new ArrayList<>(lines);
            while (filled.size() < batch.writes().size()) {
                filled.add("updated");
            }
            return super.answered(batch, filled);
        }
    })),
    LONG_ANSWER_CUT(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected List<Outcome> answered(Batch batch, List<String> lines) {
            int rows = batch.writes().size();
            return super.answered(
                    batch, lines.size() > rows ? lines.subList(lines.size() - rows, lines.size()) : lines);
        }
    })),
    RESULTS_JOINED_BY_POSITION(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected List<Outcome> joined(Batch batch, List<String> lines) {
            return lines.stream()
                    .map(line -> outcome(line.substring(line.indexOf(' ') + 1)))
                    .toList();
        }
    })),
    JOB_NOT_REMEMBERED(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected Conversation<List<Outcome>> remembered(Batch batch, String job) {
            return closed(batch, job);
        }
    })),
    JOB_REMEMBERED_AFTER_IT_WAS_CLOSED(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected Conversation<List<Outcome>> remembered(Batch batch, String job) {
            return new Conversation.Send<>(
                    Wire.same("close", job), reply -> new Conversation.Remember<>(job, () -> resume(batch, job)));
        }
    })),
    JOB_GIVEN_UP_WHEN_IT_TAKES_LONG(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected Conversation<List<Outcome>> leftOpen(Batch batch) {
            return new Conversation.Done<>(all(batch, new Outcome.Deferred("job_slow", Optional.empty())));
        }
    })),
    REPEATS_HAVE_A_KEY_OF_THEIR_OWN(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        private int attempts;

        @Override
        public Conversation<List<Outcome>> deliver(Batch batch) {
            attempts++;
            return super.deliver(each(
                    batch,
                    write -> new Write(
                            write.ordinal(),
                            write.kind(),
                            write.targetKey(),
                            write.remoteId(),
                            write.fields(),
                            write.dedupeKey() + attempts,
                            write.begun())));
        }
    })),
    DEDUPE_KEY_KEPT_FOR_ANOTHER_PAYLOAD(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        public Conversation<List<Outcome>> deliver(Batch batch) {
            return super.deliver(each(
                    batch,
                    write -> new Write(
                            write.ordinal(),
                            write.kind(),
                            write.targetKey(),
                            write.remoteId(),
                            write.fields(),
                            write.targetKey().text(),
                            write.begun())));
        }
    })),
    REPEATED_WHEN_ITS_KEY_WAS_FORGOTTEN(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected Duration dedupeWindow() {
            return Duration.ofDays(2);
        }
    })),
    SENT_AGAIN_BELOW_THE_BOOKS(new Plants() {
        @Override
        Transport transport(Transport transport) {
            return Replaced.in(Transport.class, transport, Map.of("send", (original, arguments) -> {
                Object reply = original.call(arguments);
                return reply instanceof Reply.Lost ? original.call(arguments) : reply;
            }));
        }
    }),
    UNKNOWN_RECORDED_AS_NOT_APPLIED(recorded(
            outcome -> outcome instanceof Outcome.Unknown ? new Outcome.Deferred("later", Optional.empty()) : outcome)),
    UNKNOWN_RECORDED_AS_ACCEPTED(
            recorded(outcome -> outcome instanceof Outcome.Unknown ? new Outcome.Accepted(null, false) : outcome)),
    UNKNOWN_RECORDED_AS_REFUSED(recorded(outcome ->
            outcome instanceof Outcome.Unknown ? new Outcome.Rejected("LOST", null, "", ErrorClass.DATA) : outcome)),
    NOT_APPLIED_RECORDED_AS_REFUSED(recorded(outcome ->
            outcome instanceof Outcome.Deferred ? new Outcome.Rejected("LATER", null, "", ErrorClass.DATA) : outcome)),
    OUTCOMES_OF_THE_WRONG_ROWS(deliveries(Map.of("complete", (original, arguments) -> {
        List<RowOutcome> shifted = new ArrayList<>();
        List<RowOutcome> rows = rows(arguments[2]);
        for (int i = 0; i < rows.size(); i++) {
            shifted.add(new RowOutcome(
                    rows.get(i).ordinal(), rows.get((i + 1) % rows.size()).outcome()));
        }
        return original.call(arguments[0], arguments[1], shifted);
    }))),
    INTENT_WRITTEN_AFTER_SENDING(deliveries(Map.of(
            "begin", (original, arguments) -> Later.keep(original, arguments),
            "complete", (original, arguments) -> original.call(arguments[0], Later.begin(), arguments[2])))),
    SNAPSHOT_TAKES_REFUSED_ROWS(
            applied(outcome -> outcome instanceof Outcome.Rejected ? new Outcome.Accepted(null, false) : outcome)),
    SNAPSHOT_TAKES_ROWS_NOT_APPLIED(
            applied(outcome -> outcome instanceof Outcome.Deferred ? new Outcome.Accepted(null, false) : outcome)),
    SNAPSHOT_TAKES_UNKNOWN_ROWS(
            applied(outcome -> outcome instanceof Outcome.Unknown ? new Outcome.Accepted(null, false) : outcome)),
    SNAPSHOT_FORGETS_WHAT_IS_UNKNOWN(settled(settlement -> settlement instanceof Settlement.Unresolved open
            ? Optional.of(new Settlement.Nothing(open.seq(), open.key()))
            : Optional.of(settlement))),
    SNAPSHOT_LEAVES_ACCEPTED_ROWS_OUT(settled(
            settlement -> settlement instanceof Settlement.Stored stored && stored.seq() % 3 == 0
                    ? Optional.of(new Settlement.Nothing(stored.seq(), stored.key()))
                    : Optional.of(settlement))),
    WITHHELD_FIELD_FORGOTTEN(settled(settlement -> Optional.of(
            settlement instanceof Settlement.Stored stored
                    ? new Settlement.Stored(
                            stored.seq(),
                            stored.key(),
                            stored.remoteId(),
                            stored.createdByUs(),
                            stored.rowHash(),
                            stored.definition(),
                            stored.image(),
                            Map.of(),
                            stored.run())
                    : settlement))),
    LOST_REQUESTS_TAKEN_AS_OVER(new Plants() {
        @Override
        Duration zombieWindow(IdempotencyClass idempotency, Duration window) {
            return Duration.ZERO;
        }
    }),
    LOOKED_UP_WHILE_IT_MAY_STILL_LAND(new Plants() {
        @Override
        Duration zombieWindow(IdempotencyClass idempotency, Duration window) {
            return idempotency == IdempotencyClass.E ? Duration.ZERO : window;
        }
    }),
    SOMEBODY_ELSES_RECORD_TAKEN_FOR_OURS(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected Trace trace(String[] record, String sent, Instant earliest) {
            record[1] = Server.US;
            return super.trace(record, sent, earliest);
        }
    })),
    LOOK_UP_THAT_FAILED_TAKEN_AS_NOT_THERE(destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
        @Override
        protected List<Trace> traces(Trace.Question question, Reply reply) {
            List<Trace> traces = super.traces(question, reply);
            return traces.contains(new Trace.Unsure("look_up")) ? question.all(new Trace.Absent()) : traces;
        }
    })),
    DOUBTS_FORGOTTEN(ledger(Map.of("unended", (original, arguments) -> {
        Deliveries.Unended whole = (Deliveries.Unended) original.call(arguments);
        return new Deliveries.Unended(List.of(), whole.refuted());
    }))),
    DOUBTFUL_APPENDS_SENT_AGAIN(new Plants() {
        @Override
        Target.OnUnknown onUnknown() {
            return Target.OnUnknown.RESEND;
        }
    }),
    OPEN_BATCHES_FORGOTTEN(ledger(Map.of("unanswered", (original, arguments) -> List.of()))),
    OPEN_JOBS_TAKEN_AS_NEVER_STARTED(ledger(Map.of(
            "unanswered",
            (original, arguments) -> ((List<?>) original.call(arguments))
                    .stream()
                            .map(OpenBatch.class::cast)
                            .map(open -> new OpenBatch(
                                    open.batch(), open.run(), open.intent(), null, open.rows(), open.begun()))
                            .toList()))),
    RECOVERY_LEFT_OUT(new Plants() {
        @Override
        Step recover(Step recover) {
            return run -> {};
        }
    }),
    STANDING_REFUSALS_FORGOTTEN(ledger(Map.of("standing", (original, arguments) -> Set.of()))),
    ROWS_NOT_SENT_NOT_ACCOUNTED_FOR(ledger(Map.of("hold", (original, arguments) -> null))),
    PAUSE_NOT_SEEN(new Plants() {
        @Override
        StopSignal stop(StopSignal stop) {
            return StopSignal.NEVER;
        }
    }),
    SENT_AFTER_THE_LEASE_WAS_OVER(new Plants() {
        @Override
        Leases leases(Leases leases) {
            LeaseTimes endless = new LeaseTimes(Duration.ofDays(10), Duration.ZERO);
            return Replaced.in(
                    Leases.class, leases, Map.of("leaseTimes", (original, arguments) -> Optional.of(endless)));
        }
    }),
    EPOCH_NOT_CHECKED(new UncheckedEpochs()),
    HALF_A_MODEL_TAKEN_FOR_ALL_OF_IT(new Plants() {
        @Override
        void breakRead(MemoryWarehouse warehouse, String table, List<ModelRow> rows) {
            warehouse.fill(table, rows.subList(0, rows.size() / 2));
        }
    }),
    QUARANTINED_ROWS_TAKEN_FOR_GONE(new Plants() {
        @Override
        boolean reads(ModelRow row) {
            return row.breaches().isEmpty();
        }
    });

    /** Has no state, but for counters of attempts. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Plants plants;

    PlantedBug(Plants plants) {
        this.plants = plants;
    }

    Plants plants() {
        return plants;
    }

    private static Plants transport(UnaryOperator<Reply> told) {
        return new Plants() {
            @Override
            Transport transport(Transport transport) {
                return Replaced.in(
                        Transport.class,
                        transport,
                        Map.of("send", (original, arguments) -> told.apply((Reply) original.call(arguments))));
            }
        };
    }

    private static Plants destination(BiFunction<Wire, IdempotencyClass, Destination> made) {
        return new Plants() {
            @Override
            Destination destination(Wire wire, IdempotencyClass idempotency) {
                return made.apply(wire, idempotency);
            }
        };
    }

    private static Plants status(int status, String taken) {
        return outcomes((batch, reply) -> reply instanceof HttpAnswer answer && answer.status() == status ? taken : "");
    }

    /** All rows have this outcome, where it is not empty. */
    private static Plants outcomes(BiFunction<Batch, Reply, String> told) {
        return destination((wire, idempotency) -> new ModelDestination(wire, idempotency) {
            @Override
            protected List<Outcome> outcomes(Batch batch, Reply reply) {
                String line = told.apply(batch, reply);
                return line.isEmpty() ? super.outcomes(batch, reply) : all(batch, outcome(line));
            }
        });
    }

    private static Plants recorded(UnaryOperator<Outcome> changed) {
        return deliveries(Map.of(
                "complete",
                (original, arguments) -> original.call(
                        arguments[0],
                        arguments[1],
                        rows(arguments[2]).stream()
                                .map(row -> new RowOutcome(row.ordinal(), changed.apply(row.outcome())))
                                .toList())));
    }

    private static Plants deliveries(Map<String, Replaced.Call> calls) {
        return new Plants() {
            @Override
            Deliveries deliveries(Ledger ledger) {
                return Replaced.in(Deliveries.class, ledger, calls);
            }
        };
    }

    private static Plants ledger(Map<String, Replaced.Call> calls) {
        return new Plants() {
            @Override
            Ledger ledger(MemoryLedger.Disk disk, InstantSource clock, CommitHook hook) {
                return Replaced.in(Ledger.class, super.ledger(disk, clock, hook), calls);
            }
        };
    }

    private static Plants applied(UnaryOperator<Outcome> changed) {
        return ledger(Map.of(
                "outcomesAfter",
                (original, arguments) -> ((Stream<?>) original.call(arguments))
                        .map(Deliveries.Recorded.class::cast)
                        .map(each -> new Deliveries.Recorded(
                                each.seq(),
                                each.run(),
                                each.action(),
                                each.row(),
                                changed.apply(each.outcome()),
                                each.definition(),
                                each.at()))));
    }

    private static Plants settled(Function<Settlement, Optional<Settlement>> changed) {
        return new Plants() {
            @Override
            Engine engine(Engine engine) {
                return Replaced.in(
                        Engine.class,
                        engine,
                        Map.of(
                                "open",
                                (original, arguments) -> Replaced.in(
                                        EngineSession.class,
                                        (EngineSession) original.call(arguments),
                                        Map.of("apply", (apply, given) -> apply.call(changed(given[0]))))));
            }

            private Iterator<Settlement> changed(Object settlements) {
                List<Settlement> all = new ArrayList<>();
                ((Iterator<?>) settlements).forEachRemaining(each -> all.add((Settlement) each));
                return all.stream().map(changed).flatMap(Optional::stream).iterator();
            }
        };
    }

    private static Batch each(Batch batch, UnaryOperator<Write> changed) {
        return new Batch(
                batch.action(),
                batch.job(),
                batch.object(),
                batch.keyField(),
                batch.schema(),
                batch.writes().stream().map(changed).toList());
    }

    private static List<RowOutcome> rows(Object outcomes) {
        return ((List<?>) outcomes).stream().map(RowOutcome.class::cast).toList();
    }
}
