package dev.caravan.run;

/** Why a run was started. */
public enum Trigger {
    SCHEDULE,
    COMMAND,
    /** A person approved a held plan. */
    APPROVAL,
    /** Somebody wanted to see a plan; nothing was sent. */
    PREVIEW,
    /** An earlier process left something open. */
    RECOVERY
}
