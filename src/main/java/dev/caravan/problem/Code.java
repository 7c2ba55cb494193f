package dev.caravan.problem;

/** Every problem code: stable, dotted, listed in the docs. A code is never renamed and never reused. */
public enum Code {
    YAML_SYNTAX("yaml.syntax"),
    YAML_DUPLICATE_KEY("yaml.duplicate_key"),
    YAML_UNKNOWN_KEY("yaml.unknown_key"),
    YAML_MISSING_KEY("yaml.missing_key"),
    YAML_WRONG_TYPE("yaml.wrong_type"),
    YAML_BAD_VALUE("yaml.bad_value"),
    YAML_UNSUPPORTED("yaml.unsupported"),
    YAML_TOO_LARGE("yaml.too_large"),
    SECRET_LITERAL("secret.literal"),
    SECRET_MISSING("secret.missing"),
    CONNECTION_UNKNOWN("connection.unknown"),
    CONNECTION_WRONG_KIND("connection.wrong_kind"),
    MODEL_UNKNOWN("model.unknown"),
    MODEL_SQL("model.sql"),
    MODEL_UNREADABLE("model.unreadable"),
    MODEL_COLUMN_UNKNOWN("model.unknown_column"),
    MODEL_COLUMN_TYPE("model.column_type"),
    MODEL_ZONE_MISSING("model.zone_missing"),
    MODEL_ZONE_UNKNOWN("model.unknown_zone"),
    MAPPING_UNKNOWN("mapping.unknown"),
    MAPPING_DUPLICATE_ID("mapping.duplicate_id"),
    MAPPING_FIELD_OWNED_TWICE("mapping.field_owned_twice"),
    EXPRESSION_SYNTAX("expression.syntax"),
    EXPRESSION_TYPE("expression.type"),
    SCHEDULE_CRON("schedule.cron"),
    SCHEDULE_ZONE("schedule.zone"),
    SCHEDULE_DURATION("schedule.duration"),
    CONTRACT_CHECK("contract.check"),
    GUARD_FIELD_TYPE("guard.field_type"),
    GUARD_FIELD_UNKNOWN("guard.unknown_field"),
    TARGET_OBJECT_UNKNOWN("target.unknown_object"),
    TARGET_FIELD_UNKNOWN("target.unknown_field"),
    TARGET_FIELD_READ_ONLY("target.read_only_field"),
    TARGET_FIELD_TYPE("target.field_type"),
    TARGET_FIELD_REQUIRED("target.required_field"),
    TARGET_KEY("target.key"),
    TARGET_INCREMENT("target.increment"),
    TARGET_IDENTITY("target.identity"),
    DESTINATION_AUTH("destination.auth"),
    DESTINATION_UNREACHABLE("destination.unreachable"),
    DESTINATION_REFUSED("destination.refused"),
    DESTINATION_JOB("destination.job"),
    DESTINATION_ANSWER("destination.answer"),
    PLAN_UNKNOWN("plan.unknown"),
    PLAN_NOT_OPEN("plan.not_open"),
    PLAN_BASE_MOVED("plan.base_moved"),
    RUN_UNKNOWN("run.unknown"),
    RUN_BUSY("run.busy"),
    RUN_INTERRUPTED("run.interrupted"),
    RUN_PAUSED("run.paused"),
    RUN_FENCED("run.fenced"),
    RUN_LEASE("run.lease"),
    RUN_STOPPED("run.stopped"),
    RUN_ACCOUNTING("run.accounting"),
    RUN_DEFECT("run.defect"),
    SNAPSHOT_DAMAGED("snapshot.damaged"),
    SNAPSHOT_LOST("snapshot.lost"),
    FORGET_IN_DOUBT("forget.in_doubt"),
    LEDGER_DAMAGED("ledger.damaged"),
    LEDGER_UNREACHABLE("ledger.unreachable"),
    LEDGER_TEXT("ledger.text"),
    STATE_LOCKED("state.locked"),
    OWNER_UNREACHABLE("owner.unreachable"),
    STATE_FULL("state.full"),
    STATE_READ_ONLY("state.read_only"),
    STATE_BUSY("state.busy"),
    STATE_IO("state.io"),
    WORKSPACE_MISSING("workspace.missing"),
    WORKSPACE_RELOAD("workspace.reload"),
    DEMO_WORKSPACE("demo.workspace"),
    ENVIRONMENT_JDK("environment.jdk"),
    ENVIRONMENT_PORT("environment.port"),
    USAGE("usage");

    private final String text;

    Code(String text) {
        this.text = text;
    }

    /** The code as printed. */
    public String text() {
        return text;
    }
}
